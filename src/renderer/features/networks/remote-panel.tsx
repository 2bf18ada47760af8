import type { Network } from '#main/features/networks/contract.ts';
import { Badge } from '../../ui/badge.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';

/** What the right-hand panel says when a deployment goes to a network of others. */
export function RemotePanel({ network }: { network: Network }) {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-2">
        <h2 className="text-sm font-semibold">{network.name}</h2>
        <Badge>remote</Badge>
      </div>
      <Facts>
        <Fact name="Chain id">{network.chainId ?? 'not checked'}</Fact>
        <Fact name="RPC">
          <span className="font-mono text-xs break-all">{network.url}</span>
        </Fact>
      </Facts>
      <p className="text-sm text-ink-dim">
        What is deployed here stays: a network of others can’t be reverted. Try it on a fork first.
      </p>
    </div>
  );
}
