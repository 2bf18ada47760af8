import { Wallet } from 'lucide-react';
import type { WalletSetup } from '#main/features/gateway/contract.ts';
import { useCommand } from '../../../core/commands/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { FieldProblem } from '../../../ui/field.tsx';
import { toast } from '../../../ui/toast.ts';
import { useAnnouncedWallets } from './announced-wallets.ts';
import { addNetwork, type BrowserWallet, browserWallet, withoutWallet } from './browser-wallet.ts';

interface AddNetworkProps {
  chain: string;
  network: WalletSetup['addChain'];
}

/** Adds the chain to a wallet of this browser, or says why that can't be. */
export function AddNetwork({ chain, network }: AddNetworkProps) {
  const announced = useAnnouncedWallets();
  // One that announces itself is there too, as the last that came has it.
  const only = announced.length === 0 ? browserWallet() : null;
  if (announced.length === 0 && !only) {
    return <p className="text-sm text-ink-dim">{withoutWallet()}</p>;
  }
  return (
    <ul aria-label="Wallets of this browser" className="flex flex-wrap items-start gap-2">
      {only && (
        <li>
          <AddTo name={null} wallet={only} chain={chain} network={network} />
        </li>
      )}
      {announced.map(({ uuid, name, wallet }) => (
        <li key={uuid}>
          <AddTo name={name} wallet={wallet} chain={chain} network={network} />
        </li>
      ))}
    </ul>
  );
}

interface AddToProps extends AddNetworkProps {
  /** As the wallet calls itself; null: it has not said. */
  name: string | null;
  wallet: BrowserWallet;
}

function AddTo({ name, wallet, chain, network }: AddToProps) {
  const { send, busy, error } = useCommand(() => addNetwork(wallet, network), {
    inPlace: true,
    done: () => toast.success(`${name ?? 'The wallet'} knows ${chain} now`),
  });
  return (
    <div className="flex flex-col items-start gap-1.5">
      <Button
        variant="primary"
        icon={<Wallet aria-hidden="true" size={14} />}
        busy={busy}
        onClick={() => void send(undefined)}
      >
        {name === null ? 'Add network' : `Add network to ${name}`}
      </Button>
      {error && <FieldProblem>{error.message}</FieldProblem>}
    </div>
  );
}
