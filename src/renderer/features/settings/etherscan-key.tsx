import { useStore } from '@tanstack/react-form';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { abiSources, type EtherscanKey } from '#main/features/abi-sources/contract.ts';
import { api, client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { FormField, FormProblem } from '../../core/forms/form-field.tsx';
import { inputOf } from '../../core/forms/input-of.ts';
import { typedText } from '../../core/forms/texts.ts';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { useIsFound } from '../../core/settings/setting-search.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.ts';

const label = 'Etherscan key';
const fields = z.object({ key: typedText(inputOf(abiSources.setEtherscanKey).shape.key.unwrap()) });

const hints: Record<EtherscanKey['state'], string> = {
  none: 'None is kept. Etherscan gives ABIs to those alone who have one.',
  set: 'One is kept, sealed, and never shown again. Another one takes its place.',
  unreadable: 'The one that is kept can’t be read any more: enter it again.',
};

/** The key goes in and never comes out: what is shown is whether there is one. */
export function EtherscanKeySetting() {
  const { data } = useQuery(api.abiSources.etherscanKey.queryOptions());
  const { form, busy, failure } = useCommandForm({
    schema: fields,
    values: { key: '' },
    send: ({ key }) => client.abiSources.setEtherscanKey({ key }),
    done: () => {
      form.reset();
      toast.success(`${label}: saved`);
    },
  });
  const removal = useCommand(() => client.abiSources.setEtherscanKey({ key: null }), {
    done: () => toast.success(`${label}: removed`),
  });
  const ready = useStore(form.store, ({ canSubmit, values }) => canSubmit && values.key !== '');
  const isFound = useIsFound(label, hints.none);
  if (!isFound) return null;
  return (
    <form
      data-setting={label}
      onSubmit={(event) => {
        event.preventDefault();
        void form.handleSubmit();
      }}
      className="flex flex-col gap-2 rounded-lg border border-line bg-panel px-4 py-3"
    >
      <div className="flex items-start gap-2">
        <form.Field name="key">
          {(field) => (
            <FormField
              field={field}
              className="flex-1"
              label={label}
              type="password"
              mono
              hint={data && hints[data.state]}
            />
          )}
        </form.Field>
        <Button
          type="submit"
          className="mt-[22px]"
          aria-label={`Save: ${label}`}
          busy={busy}
          disabled={!ready}
        >
          Save
        </Button>
        {data && data.state !== 'none' && (
          <Button
            className="mt-[22px]"
            aria-label={`Remove: ${label}`}
            busy={removal.busy}
            onClick={() => void removal.send(undefined)}
          >
            Remove
          </Button>
        )}
      </div>
      <FormProblem failure={failure} />
    </form>
  );
}
