import { useQuery } from '@tanstack/react-query';
import { Pin, PinOff, Plus, X } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import type { Deployment } from '#main/features/deployments/contract.ts';
import type { HistoryItem } from '#main/features/history/contract.ts';
import { api, client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { Button } from '../../ui/button.tsx';
import { inputLook } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';

function Tags({ item }: { item: HistoryItem }) {
  const { run } = useCommands();
  const [text, setText] = useState('');
  const add = (event: FormEvent) => {
    event.preventDefault();
    const tags = text.split(/[\s,]+/).filter(Boolean);
    if (tags.length === 0) return;
    void run('tag', async () => {
      await client.history.tag({ id: item.id, add: tags });
      setText('');
    });
  };
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {item.tags.map((tag) => (
        <span
          key={tag}
          className="inline-flex h-[24px] items-center gap-1 rounded-md border border-edge bg-raised pr-1 pl-2 text-xs"
        >
          {tag}
          <button
            type="button"
            aria-label={`Remove the tag ${tag}`}
            onClick={() =>
              void run(`remove ${tag}`, () => client.history.tag({ id: item.id, remove: [tag] }))
            }
            className="rounded-sm p-0.5 text-ink-dim hover:bg-hover hover:text-ink"
          >
            <X aria-hidden="true" size={12} />
          </button>
        </span>
      ))}
      <form onSubmit={add} className="flex items-center gap-1">
        <input
          aria-label="Add a tag"
          placeholder="Add a tag"
          maxLength={40}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={`${inputLook} w-28`}
        />
        <Button
          type="submit"
          size="sm"
          variant="ghost"
          aria-label="Add this tag"
          icon={<Plus aria-hidden="true" size={14} />}
        />
      </form>
    </div>
  );
}

function Note({ item }: { item: HistoryItem }) {
  const { busy, run } = useCommands();
  const [text, setText] = useState(item.note);
  useEffect(() => setText(item.note), [item.note]);
  const changed = text.trim() !== item.note;
  const save = () => {
    if (changed) void run('note', () => client.history.note({ id: item.id, note: text }));
  };
  return (
    <div className="flex min-w-64 flex-1 items-start gap-2">
      <textarea
        aria-label="Note"
        placeholder="A note, found by the search"
        rows={text.includes('\n') ? 3 : 1}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        className={`${inputLook} h-auto min-h-[30px] resize-y py-1.5`}
      />
      {changed && (
        <Button busy={busy !== null} onClick={save}>
          Save
        </Button>
      )}
    </div>
  );
}

/** A deployment's pin, tags and note. */
export function RunNotes({ run: { id } }: { run: Pick<Deployment, 'id'> }) {
  const item = useQuery(api.history.get.queryOptions({ input: { id } })).data;
  const { run: act } = useCommands();
  if (!item) return null;
  const { pinned } = item;
  return (
    <Section
      title="Notes"
      aside={
        <Button
          size="sm"
          variant="ghost"
          aria-pressed={pinned}
          icon={
            pinned ? <PinOff aria-hidden="true" size={14} /> : <Pin aria-hidden="true" size={14} />
          }
          onClick={() => void act('pin', () => client.history.pin({ id, pinned: !pinned }))}
        >
          {pinned ? 'Unpin' : 'Pin'}
        </Button>
      }
    >
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <Tags item={item} />
        <Note item={item} />
      </div>
    </Section>
  );
}
