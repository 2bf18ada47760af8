import { z } from 'zod';
import { chains } from '#main/features/chains/contract.ts';
import type { AccountDialog } from '../../core/accounts/account-dialogs.ts';
import { AddressField } from '../../core/addresses/address-field.tsx';
import { client } from '../../core/client.ts';
import { DialogForm } from '../../core/forms/dialog-form.tsx';
import { FormField, fieldError } from '../../core/forms/form-field.tsx';
import { inputOf } from '../../core/forms/input-of.ts';
import { typedText } from '../../core/forms/texts.ts';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { ether, shortHex } from '../../ui/format.ts';
import { toast } from '../../ui/toast.ts';

const { address, ether: amount } = inputOf(chains.fund).shape;

const fields = z.object({
  address: typedText(address, 'An address is 0x and 40 hex digits.'),
  ether: typedText(amount, 'An amount of ether such as 1.5.'),
});

export function FundForm({ dialog, onClose }: { dialog: AccountDialog; onClose(): void }) {
  const { network: chain, account } = dialog;
  const command = useCommandForm({
    schema: fields,
    values: { address: account ?? '', ether: '100' },
    send: (input) => client.chains.fund({ chain, ...input }),
    done: (funded) => {
      toast.success(`${shortHex(funded.address)} now has ${ether(funded.balance)} ETH`);
      onClose();
    },
  });
  const { form } = command;
  return (
    <DialogForm command={command} verb="Fund" onCancel={onClose}>
      <form.Field name="address">
        {(field) => (
          <AddressField
            label="Address"
            network={chain}
            value={field.state.value}
            error={fieldError(field)}
            onChange={field.handleChange}
            autoFocus={account === null}
          />
        )}
      </form.Field>
      <form.Field name="ether">
        {(field) => (
          <FormField
            field={field}
            label="Amount"
            note="ETH"
            inputMode="decimal"
            autoFocus={account !== null}
          />
        )}
      </form.Field>
    </DialogForm>
  );
}
