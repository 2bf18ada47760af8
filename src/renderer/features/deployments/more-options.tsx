import { Collapsible } from '@base-ui/react/collapsible';
import { SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { type DeployDraft, useDrafts } from './deploy-draft.ts';
import { priorities, priorityWord } from './queue-words.ts';

/** What of these isn't as usual; said while they are folded away, as they stay for next time. */
function unusual({ priority = 0, replaceWaiting }: DeployDraft): string {
  return [
    priority !== 0 && `${priorityWord(priority).toLowerCase()} priority`,
    replaceWaiting && 'replaces waiting',
  ]
    .filter(Boolean)
    .join(', ');
}

/** How a deploy stands in the queue: seldom asked for, so behind a button. `beside` is always shown. */
export function MoreOptions({
  project,
  draft,
  beside,
}: {
  project: number;
  draft: DeployDraft;
  beside: ReactNode;
}) {
  const change = useDrafts((state) => state.change);
  const { priority = 0 } = draft;
  const levels = priorities.includes(priority) ? priorities : [...priorities, priority];
  const set = unusual(draft);
  return (
    <Collapsible.Root className="contents">
      <span className="ml-auto inline-flex items-center gap-1.5">
        {beside}
        <Tooltip text="Priority and waiting">
          <Collapsible.Trigger className="inline-flex h-[26px] min-w-[26px] items-center justify-center gap-1.5 rounded-md px-1.5 text-xs text-ink-dim hover:bg-hover hover:text-ink data-panel-open:bg-hover data-panel-open:text-ink">
            <SlidersHorizontal aria-hidden="true" size={14} />
            <span className="sr-only">More options</span>
            {set && <span className="text-ink-soft">{set}</span>}
          </Collapsible.Trigger>
        </Tooltip>
      </span>
      <Collapsible.Panel className="flex w-full flex-wrap items-center gap-x-5 gap-y-2 rounded-md border border-line bg-panel px-3 py-2">
        <Select
          label="Priority"
          prefix="priority"
          value={String(priority)}
          options={levels.map((level) => ({
            value: String(level),
            text: priorityWord(level),
            label: priorityWord(level).toLowerCase(),
          }))}
          onChange={(level) =>
            change(project, { priority: level === '0' ? undefined : Number(level) })
          }
        />
        <Switch
          label="Newest replaces waiting ones"
          checked={draft.replaceWaiting ?? false}
          onChange={(replaceWaiting) => change(project, { replaceWaiting })}
        />
        <p className="min-w-0 flex-1 basis-64 text-xs text-ink-dim">
          Higher runs first. Replacing cancels what still waits for this project and network; what
          runs goes on.
        </p>
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}
