import { Collapsible } from '@base-ui/react/collapsible';
import { SlidersHorizontal } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Select } from '../../../ui/select.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { type DeployDraft, useDraft, useDrafts } from '../request/deploy-draft.ts';
import { priorities, priorityWord } from '../request/priority.ts';

/**
 * The options that differ from the default; shown while folded, because they are kept for next
 * time.
 */
function unusual({ priority = 0, replaceWaiting }: DeployDraft, filled: readonly string[]): string {
  return [
    ...filled.map((label) => label.toLowerCase()),
    priority !== 0 && `${priorityWord(priority).toLowerCase()} priority`,
    replaceWaiting && 'replaces waiting',
  ]
    .filter(Boolean)
    .join(', ');
}

/** Queue options of a deployment: rarely needed, so behind a button. `beside` and `menu` are always shown. */
export function MoreOptions({
  project,
  needed,
  advanced,
  filled,
  beside,
  menu,
}: {
  project: number;
  /** One of the advanced inputs is wrong: they are unfolded. */
  needed: boolean;
  /** Further inputs of the kind. */
  advanced: ReactNode;
  /** Labels of those of them that have a value. */
  filled: readonly string[];
  beside: ReactNode;
  /** What can be done with the form. */
  menu: ReactNode;
}) {
  const draft = useDraft(project);
  const change = useDrafts((state) => state.change);
  const { priority = 0 } = draft;
  const levels = priorities.includes(priority) ? priorities : [...priorities, priority];
  const set = unusual(draft, filled);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (needed) setOpen(true);
  }, [needed]);
  return (
    <Collapsible.Root className="contents" open={open} onOpenChange={setOpen}>
      <span className="ml-auto inline-flex items-center gap-1.5">
        {beside}
        <Tooltip text="Priority and waiting">
          <Collapsible.Trigger className="inline-flex h-[26px] min-w-[26px] items-center justify-center gap-1.5 rounded-md px-1.5 text-xs text-ink-dim hover:bg-hover hover:text-ink data-panel-open:bg-hover data-panel-open:text-ink">
            <SlidersHorizontal aria-hidden="true" size={14} />
            <span className="sr-only">More options</span>
            {set && <span className="text-ink-soft">{set}</span>}
          </Collapsible.Trigger>
        </Tooltip>
        {menu}
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
          Higher runs first. Replacing cancels what still waits for this project and target; what
          runs goes on.
        </p>
        {advanced}
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}
