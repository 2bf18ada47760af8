import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { api, client } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ether, shortHex } from '../../ui/format.ts';
import { ProblemNotice } from '../app/problem-notice.tsx';
import { queryClient } from '../app/query-client.ts';
import { closeFund, useFund } from './fund-state.ts';

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
  const [address, setAddress] = useState('');
  const [amount, setAmount] = useState('100');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ error: unknown } | null>(null);

  const addressError =
    address !== '' && !/^0x[0-9a-fA-F]{40}$/.test(address.trim())
      ? 'An address is 0x and 40 hex digits.'
      : null;
  const amountError = /^\d{1,12}(\.\d{1,18})?$/.test(amount.trim())
    ? null
    : 'An amount of ether such as 1.5.';

  const fund = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || addressError || amountError || address === '') return;
    setBusy(true);
    try {
      const input = { chain, address: address.trim(), ether: amount.trim() };
      const { balance } = await client.chains.fund(input);
      void queryClient.invalidateQueries({
        queryKey: api.chains.accounts.key({ input: { chain } }),
      });
      toast.success(`${shortHex(input.address)} now has ${ether(balance)} ETH`);
      onClose();
    } catch (error) {
      setProblem({ error });
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={fund} className="flex flex-col gap-3">
      <Field
        label="Address"
        mono
        placeholder="0x…"
        autoFocus
        value={address}
        error={addressError}
        onChange={(event) => setAddress(event.target.value)}
      />
      <Field
        label="Amount"
        note="ETH"
        inputMode="decimal"
        value={amount}
        error={amountError}
        onChange={(event) => setAmount(event.target.value)}
      />
      {problem && <ProblemNotice error={problem.error} />}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          busy={busy}
          disabled={address === '' || Boolean(addressError || amountError)}
        >
          Fund
        </Button>
      </DialogActions>
    </form>
  );
}
