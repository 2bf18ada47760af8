import type { AnyFieldApi } from '@tanstack/react-form';
import { z } from 'zod';
import { chains } from '#main/features/chains/contract.ts';
import { inputOf } from '../../../core/forms/input-of.ts';
import { optionalText } from '../../../core/forms/texts.ts';
import { useCommandForm } from '../../../core/forms/use-command-form.ts';
import { Button } from '../../../ui/button.tsx';
import { inputLook } from '../../../ui/field.tsx';
import type { ChainActions } from '../use-chain-actions.tsx';

const { name } = inputOf(chains.snapshot).shape;
const fields = z.object({ name: optionalText(name) });

/** A name for the next snapshot, edited in place. Esc closes it. */
export function SnapshotForm({ actions, onDone }: { actions: ChainActions; onDone(): void }) {
  const { form } = useCommandForm({
    schema: fields,
    values: { name: '' },
    send: (input) => actions.snapshot(input.name),
    done: (taken) => taken && onDone(),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void form.handleSubmit();
      }}
      className="flex items-center gap-2"
    >
      <form.Field name="name">
        {(field: AnyFieldApi) => (
          <input
            // biome-ignore lint/a11y/noAutofocus: the field was just asked for
            autoFocus
            aria-label="Snapshot name"
            placeholder="Name, e.g. tokens seeded"
            maxLength={120}
            value={field.state.value}
            onChange={(event) => field.handleChange(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') onDone();
            }}
            className={inputLook}
          />
        )}
      </form.Field>
      <Button type="submit" busy={actions.busy === 'snapshot'}>
        Take
      </Button>
    </form>
  );
}
