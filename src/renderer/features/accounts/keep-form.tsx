import { z } from 'zod';
import { accounts } from '#main/features/accounts/contract.ts';
import type { AccountDialog } from '../../core/accounts/account-dialogs.ts';
import { AddressField } from '../../core/addresses/address-field.tsx';
import { client } from '../../core/client.ts';
import { DialogForm } from '../../core/forms/dialog-form.tsx';
import { FormField, fieldError } from '../../core/forms/form-field.tsx';
import { inputOf } from '../../core/forms/input-of.ts';
import { optionalText, typedText } from '../../core/forms/texts.ts';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { shortHex } from '../../ui/format.ts';
import { toast } from '../../ui/toast.ts';

const { account, note } = inputOf(accounts.watch).shape;

const fields = z.object({
  account: typedText(account, 'Give an address, or pick one.'),
  note: optionalText(note.unwrap()),
});

const ways = {
  watch: { send: client.accounts.watch, button: 'Watch', done: 'is watched' },
  impersonate: {
    send: client.accounts.impersonate,
    button: 'Impersonate',
    done: 'is impersonated',
  },
};

interface KeepFormProps {
  dialog: AccountDialog;
  as: keyof typeof ways;
  onClose(): void;
}

/** An address that is kept in the list, and what it is for. */
export function KeepForm({ dialog, as, onClose }: KeepFormProps) {
  const { network, account: given } = dialog;
  const { send, button, done } = ways[as];
  const command = useCommandForm({
    schema: fields,
    values: { account: given ?? '', note: '' },
    send: (input) => send({ network, ...input }),
    done: ({ address }) => {
      toast.success(`${shortHex(address)} ${done} on ${network}`);
      onClose();
    },
  });
  const { form, failure } = command;
  return (
    <DialogForm command={command} verb={button} onCancel={onClose} shows={['note']}>
      <form.Field name="account">
        {(field) => (
          <AddressField
            label="Address"
            network={network}
            value={field.state.value}
            error={fieldError(field)}
            onChange={field.handleChange}
            autoFocus={given === null}
          />
        )}
      </form.Field>
      <form.Field name="note">
        {(field) => (
          <FormField
            field={field}
            failure={failure}
            label="What it is for"
            note="optional"
            placeholder="Owner of the vault"
            autoFocus={given !== null}
          />
        )}
      </form.Field>
    </DialogForm>
  );
}
