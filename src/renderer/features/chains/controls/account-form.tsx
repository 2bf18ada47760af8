import { z } from 'zod';
import { chainControls } from '#main/features/chain-controls/contract.ts';
import { AddressField } from '../../../core/addresses/address-field.tsx';
import { client } from '../../../core/client.ts';
import { DialogForm } from '../../../core/forms/dialog-form.tsx';
import { FormField, fieldError } from '../../../core/forms/form-field.tsx';
import { inputOf } from '../../../core/forms/input-of.ts';
import { optionalText, typedText } from '../../../core/forms/texts.ts';
import { useCommandForm } from '../../../core/forms/use-command-form.ts';
import { ether, shortHex } from '../../../ui/format.ts';
import { Switch } from '../../../ui/switch.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { closeControl } from './control-dialogs.ts';
import { noticeSet } from './set-notice.ts';

const { address, balance, nonce, code } = inputOf(chainControls.account).shape;

const fields = z.object({
  address: typedText(address, 'An address is 0x and 40 hex digits.'),
  balance: optionalText(balance),
  nonce: optionalText(nonce),
  code: optionalText(code),
  snapshot: z.boolean(),
});

/** Balance, nonce and code of any account. */
export function AccountForm({ chain }: { chain: string }) {
  const command = useCommandForm({
    schema: fields,
    values: { address: '', balance: '', nonce: '', code: '', snapshot: true },
    send: (input) => client.chainControls.account({ chain, ...input }),
    done: (set) => {
      noticeSet(
        chain,
        `${shortHex(set.address)} has ${ether(set.balance)} ETH and the nonce ${set.nonce}`,
        set.snapshot,
      );
      closeControl();
    },
  });
  const { form, failure } = command;
  return (
    <DialogForm command={command} verb="Set" onCancel={closeControl} shows={['balance', 'nonce']}>
      <form.Field name="address">
        {(field) => (
          <AddressField
            label="Address"
            network={chain}
            value={field.state.value}
            error={fieldError(field)}
            onChange={field.handleChange}
            autoFocus
          />
        )}
      </form.Field>
      <form.Field name="balance">
        {(field) => (
          <FormField field={field} failure={failure} label="Balance" note="wei, or 1.5ether" />
        )}
      </form.Field>
      <form.Field name="nonce">
        {(field) => <FormField field={field} failure={failure} label="Nonce" />}
      </form.Field>
      <form.Field name="code">
        {(field) => (
          <TextArea
            label="Code"
            note="hex; 0x for none"
            value={field.state.value}
            error={fieldError(field)}
            onChange={(event) => field.handleChange(event.target.value)}
          />
        )}
      </form.Field>
      <form.Field name="snapshot">
        {(field) => (
          <Switch
            label="Take a snapshot first"
            checked={field.state.value}
            onChange={field.handleChange}
          />
        )}
      </form.Field>
    </DialogForm>
  );
}
