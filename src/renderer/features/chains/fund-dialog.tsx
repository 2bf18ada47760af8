import { useStore } from '@tanstack/react-form';
import { toast } from 'sonner';
import { z } from 'zod';
import { chains } from '#main/features/chains/contract.ts';
import { AddressField } from '../../core/addresses/address-field.tsx';
import { client } from '../../core/client.ts';
import { FormField, FormProblem, fieldError } from '../../core/forms/form-field.tsx';
import { inputOf } from '../../core/forms/input-of.ts';
import { typedText } from '../../core/forms/texts.ts';
import { useCommandForm } from '../../core/forms/use-command-form.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { ether, shortHex } from '../../ui/format.ts';
import { closeFund, useFund } from './fund-state.ts';

const { address, ether: amount } = inputOf(chains.fund).shape;

const fields = z.object({
  address: typedText(address, 'An address is 0x and 40 hex digits.'),
  ether: typedText(amount, 'An amount of ether such as 1.5.'),
});

export function FundDialog() {
  const chain = useFund((state) => state.chain);
  return (
    <Dialog
      title="Fund an account"
      description={`Adds ether to any address on ${chain}, out of nothing.`}
      open={chain !== null}
      onClose={closeFund}
    >
      {chain !== null && <FundForm chain={chain} onClose={closeFund} />}
    </Dialog>
  );
}

function FundForm({ chain, onClose }: { chain: string; onClose(): void }) {
  const { form, busy, failure } = useCommandForm({
    schema: fields,
    values: { address: '', ether: '100' },
    send: (input) => client.chains.fund({ chain, ...input }),
    done: (funded) => {
      toast.success(`${shortHex(funded.address)} now has ${ether(funded.balance)} ETH`);
      onClose();
    },
  });
  const canSubmit = useStore(form.store, (state) => state.canSubmit);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void form.handleSubmit();
      }}
      className="flex flex-col gap-3"
    >
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
      <form.Field name="ether">
        {(field) => <FormField field={field} label="Amount" note="ETH" inputMode="decimal" />}
      </form.Field>
      <FormProblem failure={failure} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={!canSubmit}>
          Fund
        </Button>
      </DialogActions>
    </form>
  );
}
