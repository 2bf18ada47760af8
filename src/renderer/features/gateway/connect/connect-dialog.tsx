import { useQuery } from '@tanstack/react-query';
import { api } from '../../../core/client.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { AddNetwork } from './add-network.tsx';
import { AfterRevert } from './after-revert.tsx';
import { closeConnect, useConnect } from './connect-dialogs.ts';
import { NetworkFacts } from './network-facts.tsx';

/** How a wallet is connected with a chain, and what it needs after a revert. */
export function ConnectDialog() {
  const { chain } = useConnect();
  return (
    <Dialog
      title={`Connect a wallet to ${chain ?? ''}`}
      description="A click copies a value."
      open={chain !== null}
      onClose={closeConnect}
      wide
    >
      {chain !== null && <Connect chain={chain} />}
    </Dialog>
  );
}

function Connect({ chain }: { chain: string }) {
  const { data, error, refetch } = useQuery(
    api.gateway.wallet.queryOptions({ input: { chain }, staleTime: 0 }),
  );
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={5} />;
  return (
    <div className="@container flex flex-col gap-5">
      <NetworkFacts network={data.addChain} />
      <AddNetwork chain={chain} network={data.addChain} />
      <AfterRevert after={data.afterRevert} />
    </div>
  );
}
