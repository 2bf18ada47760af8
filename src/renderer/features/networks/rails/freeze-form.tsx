import { Snowflake } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Rails } from '#main/features/rails/contract.ts';
import { client } from '../../../core/client.ts';
import { useCommand } from '../../../core/commands/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Field } from '../../../ui/field.tsx';
import { ago } from '../../../ui/format.ts';
import { useNow } from '../../../ui/now.ts';

/** Stops everything at once, also what a run has still to send; or lets it go on. */
export function FreezeForm({ rails: { network, freeze } }: { rails: Rails }) {
  const [note, setNote] = useState('');
  const now = useNow();
  const stop = useCommand(() => client.rails.freeze({ network, note }), {
    done: () => setNote(''),
  });
  const lift = useCommand(() => client.rails.unfreeze({ network }));
  if (freeze) {
    const why = freeze.note === '' ? '' : `: ${freeze.note}`;
    return (
      <ErrorNotice
        tone="warn"
        message={`Frozen ${ago(freeze.since, now)}${why}. Nothing is sent to ${network} until that is lifted.`}
      >
        <Button size="sm" busy={lift.busy} onClick={() => void lift.send(undefined)}>
          Lift the freeze
        </Button>
      </ErrorNotice>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void stop.send(undefined);
  };
  return (
    <form aria-label="Freeze" onSubmit={submit} className="flex items-start gap-2">
      <Field
        label="Freeze it"
        placeholder="why, for whoever meets it"
        hint="Nothing more is sent, not even what a run has still to send."
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.target.value)}
        className="flex-1"
      />
      <Button
        type="submit"
        busy={stop.busy}
        icon={<Snowflake aria-hidden="true" size={14} />}
        className="mt-5"
      >
        Freeze
      </Button>
    </form>
  );
}
