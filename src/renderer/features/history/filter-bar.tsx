import { useQuery } from '@tanstack/react-query';
import { CircleAlert, Pin, Radio, Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ListStatus, Trigger } from '#main/features/deployments/contract.ts';
import { api } from '../../core/client.ts';
import { useProjects } from '../../core/queries/use-projects.ts';
import { statusWord } from '../../core/words/run-words.ts';
import { Button } from '../../ui/button.tsx';
import { inputLook } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { type HistoryView, isFiltered, type Since, sinceWords } from './history-filter.ts';

interface FilterBarProps {
  view: HistoryView;
  onChange(view: HistoryView): void;
  /** The page is about one project: there is no choice. */
  withProject: boolean;
}

const pauseMs = 250;

/** A text field that takes effect once typing stops. */
function TypedFilter({
  label,
  value,
  className,
  icon,
  onChange,
}: {
  label: string;
  value: string;
  className: string;
  icon?: boolean;
  onChange(value: string): void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className={`relative ${className}`}>
      {icon && (
        <Search
          aria-hidden="true"
          size={14}
          className="pointer-events-none absolute top-2 left-2.5 text-ink-dim"
        />
      )}
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onChange(text);
        }}
        className={`${inputLook} ${icon ? 'pl-8' : ''}`}
      />
    </div>
  );
}

const every = 'all';
const choice = (value: string, text = value) => ({ value, text, label: text });
const chosen = (value: string): string | undefined => (value === every ? undefined : value);

export function FilterBar({ view, onChange, withProject }: FilterBarProps) {
  const networks = useQuery(api.networks.list.queryOptions()).data ?? [];
  const options = useQuery(api.history.options.queryOptions()).data;
  const projects = useProjects().data ?? [];
  const all = choice(every);
  // Those that need attention are of projects and networks only.
  const set = (change: HistoryView) => onChange({ ...view, attention: undefined, ...change });
  const within = { project: view.project, network: view.network, attention: view.attention };
  const pickOne = (
    label: string,
    prefix: string,
    value: string | undefined,
    choices: { value: string; text: string; label: string }[],
    apply: (value: string | undefined) => HistoryView,
  ) => {
    const known = value === undefined || choices.some((one) => one.value === value);
    return (
      <Select
        label={label}
        prefix={prefix}
        value={value ?? every}
        options={[all, ...choices, ...(known ? [] : [choice(value)])]}
        onChange={(next) => set(apply(chosen(next)))}
        className="max-w-56"
      />
    );
  };
  return (
    <search className="flex flex-wrap items-center gap-2">
      <TypedFilter
        label="Search logs, contracts, addresses, notes"
        icon
        value={view.text ?? ''}
        className="min-w-64 flex-1"
        onChange={(text) => set({ text: text.trim() || undefined })}
      />
      {withProject &&
        pickOne(
          'Filter by project',
          'project',
          view.project?.toString(),
          projects.map((project) => choice(String(project.id), project.name)),
          (value) => ({ ...within, project: value === undefined ? undefined : Number(value) }),
        )}
      {pickOne(
        'Filter by network',
        'network',
        view.network,
        networks.map(({ name }) => choice(name)),
        (network) => ({ ...within, network }),
      )}
      {pickOne(
        'Filter by result',
        'result',
        view.status && view.status.length > 1 ? view.status.join(',') : view.status?.[0],
        [
          ...(Object.keys(statusWord) as ListStatus[]).map((status) =>
            choice(status, statusWord[status]),
          ),
          choice('failed,cancelled,interrupted', 'Not succeeded'),
        ],
        (value) => ({ status: value?.split(',') as ListStatus[] | undefined }),
      )}
      {options &&
        (options.branches.length > 1 || view.branch) &&
        pickOne(
          'Filter by branch',
          'branch',
          view.branch,
          options.branches.map((branch) => choice(branch)),
          (branch) => ({ branch }),
        )}
      {options &&
        (options.tags.length > 0 || view.tag) &&
        pickOne(
          'Filter by tag',
          'tag',
          view.tag,
          options.tags.map(({ tag }) => choice(tag)),
          (tag) => ({ tag }),
        )}
      {pickOne(
        'Filter by trigger',
        'trigger',
        view.trigger,
        [choice('manual', 'by hand'), choice('retry'), choice('redeploy'), choice('api')],
        (value) => ({ trigger: value as Trigger | undefined }),
      )}
      {pickOne(
        'Filter by time',
        'when',
        view.since,
        Object.entries(sinceWords).map(([value, text]) => choice(value, text)),
        (value) => ({ since: value as Since | undefined }),
      )}
      <TypedFilter
        label="Commit"
        value={view.commit ?? ''}
        className="w-24"
        onChange={(commit) =>
          set({ commit: /^[0-9a-f]{1,40}$/i.test(commit.trim()) ? commit.trim() : undefined })
        }
      />
      <Button
        aria-pressed={view.attention === true}
        variant={view.attention ? 'primary' : 'default'}
        icon={<CircleAlert aria-hidden="true" size={14} />}
        onClick={() => onChange({ ...within, attention: view.attention ? undefined : true })}
      >
        Needs attention
      </Button>
      <Button
        aria-pressed={view.live === true}
        variant={view.live ? 'primary' : 'default'}
        icon={<Radio aria-hidden="true" size={14} />}
        onClick={() => set({ live: view.live ? undefined : true })}
      >
        Live
      </Button>
      <Button
        aria-pressed={view.pinned === true}
        variant={view.pinned ? 'primary' : 'default'}
        icon={<Pin aria-hidden="true" size={14} />}
        onClick={() => set({ pinned: view.pinned ? undefined : true })}
      >
        Pinned
      </Button>
      {isFiltered(view) && (
        <Button
          variant="ghost"
          icon={<X aria-hidden="true" size={14} />}
          onClick={() => onChange({})}
        >
          Clear
        </Button>
      )}
    </search>
  );
}
