import { Braces, GitCompare, Pin, PinOff, Tag } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { oneList } from '#main/features/history/contract/one-list.ts';
import type { HistoryItem } from '#main/features/history/contract.ts';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { diffPath } from '../../core/paths.ts';
import { SelectionBar } from '../../core/selection/selection-bar.tsx';
import type { Selection } from '../../core/selection/use-selection.ts';
import { Button } from '../../ui/button.tsx';
import { inputLook } from '../../ui/field.tsx';
import { Menu } from '../../ui/menu.tsx';
import { saveFile } from '../../ui/save-file.ts';

const iconOf = (Icon: typeof Pin) => <Icon aria-hidden="true" size={13} />;

/** What can be done with the marked runs of a list. */
export function SelectedRuns({
  runs,
  selection,
}: {
  runs: readonly HistoryItem[];
  selection: Selection<number>;
}) {
  const [, navigate] = useLocation();
  const { busy, run: act } = useCommands();
  const ids = runs.map(({ id }) => id);
  const areAllPinned = runs.every(({ pinned }) => pinned);
  const tags = [...new Set(runs.flatMap((run) => run.tags))].sort();
  const [one, other] = runs.toSorted((a, b) => a.id - b.id);
  const save = async () => {
    const files = [];
    for (const id of ids) files.push(await client.history.export({ id, format: 'json' }));
    const { name, type, text } = oneList(files);
    saveFile(name, type, text);
  };
  return (
    <SelectionBar selection={selection}>
      {one && other && runs.length === 2 && (
        <Button
          size="sm"
          icon={iconOf(GitCompare)}
          onClick={() => navigate(diffPath(one.id, other.id))}
        >
          Compare #{one.number} with #{other.number}
        </Button>
      )}
      <Button
        size="sm"
        icon={iconOf(areAllPinned ? PinOff : Pin)}
        onClick={() => void act('pin', () => client.history.mark({ ids, pinned: !areAllPinned }))}
      >
        {areAllPinned ? 'Unpin' : 'Pin'}
      </Button>
      <TagForm onAdd={(add) => act('tag', () => client.history.mark({ ids, add }))} />
      {tags.length > 0 && (
        <Menu
          label="Take a tag off"
          items={tags.map((tag) => ({
            label: tag,
            onSelect: () =>
              void act(`untag ${tag}`, () => client.history.mark({ ids, remove: [tag] })),
          }))}
          className="inline-flex h-[26px] border border-edge bg-raised px-2 text-xs font-medium text-ink"
        >
          Take a tag off…
        </Menu>
      )}
      <Button
        size="sm"
        icon={iconOf(Braces)}
        busy={busy === 'export'}
        onClick={() => void act('export', save)}
      >
        Export JSON
      </Button>
    </SelectionBar>
  );
}

function TagForm({ onAdd }: { onAdd(tags: string[]): Promise<unknown> }) {
  const [text, setText] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const tags = text.split(/[\s,]+/).filter(Boolean);
    if (tags.length > 0 && (await onAdd(tags))) setText('');
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex items-center gap-1">
      <input
        aria-label="Tag for all of them"
        placeholder="Add a tag"
        maxLength={40}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={`${inputLook} h-[26px] w-28 text-xs`}
      />
      <Button
        type="submit"
        size="sm"
        aria-label="Add this tag to all of them"
        icon={iconOf(Tag)}
        disabled={text.trim() === ''}
      />
    </form>
  );
}
