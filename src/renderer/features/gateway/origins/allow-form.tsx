import { useStore } from '@tanstack/react-form';
import { z } from 'zod';
import { gateway } from '#main/features/gateway/contract.ts';
import { client } from '../../../core/client.ts';
import { FormField, FormProblem } from '../../../core/forms/form-field.tsx';
import { inputOf } from '../../../core/forms/input-of.ts';
import { typedText } from '../../../core/forms/texts.ts';
import { useCommandForm } from '../../../core/forms/use-command-form.ts';
import { Button } from '../../../ui/button.tsx';

const fields = z.object({ origin: typedText(inputOf(gateway.decide).shape.origin) });

/** Allows a page before it has called the chain. */
export function AllowForm({ chain }: { chain: string }) {
  const { form, busy, failure } = useCommandForm({
    schema: fields,
    values: { origin: '' },
    send: ({ origin }) => client.gateway.decide({ chain, origin, decision: 'allow' }),
    done: () => form.reset(),
  });
  const canSubmit = useStore(form.store, (state) => state.canSubmit && state.isDirty);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void form.handleSubmit();
      }}
      className="flex flex-col gap-2"
    >
      <div className="flex items-start gap-2">
        <form.Field name="origin">
          {(field) => (
            <FormField
              field={field}
              failure={failure}
              label="Page to allow"
              className="max-w-80 flex-1"
              mono
              placeholder="https://app.example"
            />
          )}
        </form.Field>
        <Button type="submit" className="mt-[22px]" busy={busy} disabled={!canSubmit}>
          Allow
        </Button>
      </div>
      <FormProblem failure={failure} fields={['origin']} />
    </form>
  );
}
