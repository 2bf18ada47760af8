import { useState } from 'react';
import { client } from '../../../core/client.ts';
import { useCommand } from '../../../core/commands/use-command.ts';
import { problemOf } from '../../../core/problems/problem.ts';
import { Button } from '../../../ui/button.tsx';
import { Copyable } from '../../../ui/copyable.tsx';
import { Field } from '../../../ui/field.tsx';

/** Reads one slot as it is. */
export function SlotField({ network, address }: { network: string; address: string }) {
  const [slot, setSlot] = useState('');
  const [word, setWord] = useState<string | null>(null);
  const { send, busy, error } = useCommand(
    (asked: string) => client.contracts.storage({ network, contract: address, slots: [asked] }),
    { inPlace: true, done: ({ slots }) => setWord(slots[0]?.word ?? null) },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setWord(null);
        if (slot.trim() !== '') void send(slot.trim());
      }}
      className="flex flex-col gap-2"
    >
      <div className="flex items-end gap-2">
        <Field
          label="Slot"
          note="a number, or hex"
          mono
          placeholder="0"
          value={slot}
          onChange={(event) => setSlot(event.target.value)}
          className="w-full max-w-md"
        />
        <Button type="submit" busy={busy} disabled={slot.trim() === ''}>
          Read the slot
        </Button>
      </div>
      {error !== null && (
        <p role="alert" className="text-xs text-bad">
          {problemOf(error).message}
        </p>
      )}
      {word !== null && (
        <p role="status">
          <Copyable value={word} what="word">
            {word}
          </Copyable>
        </p>
      )}
    </form>
  );
}
