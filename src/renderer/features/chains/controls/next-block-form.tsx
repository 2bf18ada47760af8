import { useStore } from '@tanstack/react-form';
import { z } from 'zod';
import { chainControls } from '#main/features/chain-controls/contract.ts';
import { AddressField } from '../../../core/addresses/address-field.tsx';
import { client } from '../../../core/client.ts';
import { DialogForm } from '../../../core/forms/dialog-form.tsx';
import { FormField, fieldError } from '../../../core/forms/form-field.tsx';
import { inputOf } from '../../../core/forms/input-of.ts';
import { optionalNumber, optionalText } from '../../../core/forms/texts.ts';
import { useCommandForm } from '../../../core/forms/use-command-form.ts';
import { useChain } from '../../../core/queries/use-chains.ts';
import { count, gwei } from '../../../ui/format.ts';
import { toast } from '../../../ui/toast.ts';
import { closeControl } from './control-dialogs.ts';

const { baseFee, gasLimit, coinbase } = inputOf(chainControls.nextBlock).shape;

const fields = z.object({
  baseFee: optionalText(baseFee),
  gasLimit: optionalNumber(gasLimit, 'From 21,000 gas on.'),
  coinbase: optionalText(coinbase, 'An address is 0x and 40 hex digits.'),
});

/** Base fee, gas limit and coinbase. */
export function NextBlockForm({ chain }: { chain: string }) {
  const next = useChain(chain).data?.next;
  const command = useCommandForm({
    schema: fields,
    values: { baseFee: '', gasLimit: '', coinbase: '' },
    send: (input) => client.chainControls.nextBlock({ chain, ...input }),
    done: () => {
      toast.success(`The next block of ${chain} is set`);
      closeControl();
    },
  });
  const { form, failure } = command;
  const isDirty = useStore(form.store, (state) => state.isDirty);
  return (
    <DialogForm
      command={command}
      verb="Set"
      onCancel={closeControl}
      shows={['baseFee']}
      disabled={!isDirty}
    >
      <form.Field name="baseFee">
        {(field) => (
          <FormField
            field={field}
            failure={failure}
            label="Base fee"
            note="wei, or 20gwei"
            placeholder={next ? gwei(next.baseFee) : ''}
            hint="Of the next block; those after it follow from it."
            autoFocus
          />
        )}
      </form.Field>
      <form.Field name="gasLimit">
        {(field) => (
          <FormField
            field={field}
            label="Gas limit"
            inputMode="numeric"
            placeholder={next ? count(next.gasLimit) : ''}
          />
        )}
      </form.Field>
      <form.Field name="coinbase">
        {(field) => (
          <AddressField
            label="Coinbase"
            network={chain}
            value={field.state.value}
            error={fieldError(field)}
            onChange={field.handleChange}
          />
        )}
      </form.Field>
    </DialogForm>
  );
}
