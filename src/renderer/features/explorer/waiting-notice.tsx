import { Pickaxe } from 'lucide-react';
import { Link } from 'wouter';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { chainPath } from '../../core/paths.ts';
import { useChains } from '../../core/queries/use-chains.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.ts';

/** Where a transaction waits that is not mined, and how it goes on. */
export function WaitingNotice({ detail }: { detail: TransactionDetail }) {
  const { network, waiting } = detail;
  const isChain = useChains().data?.some(({ name }) => name === network) ?? false;
  const mining = useCommand(client.chains.mine);
  const dropping = useCommand(client.chainControls.drop, {
    done: () => toast.success('The transaction is dropped: it will not be mined.'),
  });
  return (
    <div
      role="status"
      className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line bg-panel px-3 py-2.5 text-sm"
    >
      <p className="min-w-0 flex-1">
        {waiting?.problem ??
          'It waits to be mined. Its calls, events and changes are shown once it is.'}
      </p>
      {isChain && (
        <>
          <Link href={chainPath(network)} className="text-accent underline">
            Open {network}
          </Link>
          <Button
            busy={dropping.busy}
            onClick={() => void dropping.send({ chain: network, hash: detail.hash })}
          >
            Drop it
          </Button>
          <Button
            icon={<Pickaxe aria-hidden="true" size={14} />}
            busy={mining.busy}
            onClick={() => void mining.send({ chain: network, blocks: 1 })}
          >
            Mine a block
          </Button>
        </>
      )}
    </div>
  );
}
