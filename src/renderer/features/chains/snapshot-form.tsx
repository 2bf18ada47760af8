import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { inputLook } from '../../ui/field.tsx';
import type { ChainActions } from './use-chain-actions.tsx';

/** A name for the next snapshot, in place. Esc leaves it. */
export function SnapshotForm({ actions, onDone }: { actions: ChainActions; onDone(): void }) {
  const [name, setName] = useState('');
  const take = async (event: FormEvent) => {
    event.preventDefault();
    if (await actions.snapshot(name.trim() || undefined)) onDone();
  };
  return (
    <form onSubmit={take} className="flex items-center gap-2">
      <input
        // biome-ignore lint/a11y/noAutofocus: the field was just asked for
        autoFocus
        aria-label="Snapshot name"
        placeholder="Name, e.g. tokens seeded"
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
        }}
        className={inputLook}
      />
      <Button type="submit" busy={actions.busy === 'snapshot'}>
        Take
      </Button>
    </form>
  );
}
