import { useNetworks } from '../../core/queries/use-networks.ts';
import { networkLabel } from '../../core/words/network-label.ts';
import { Badge } from '../../ui/badge.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';

const RailsSummary = lazyPart(async () => (await import('./rails/rails-summary.tsx')).RailsSummary);

/** The right-hand panel when a deployment goes to a remote network. */
export function RemotePanel({ target }: { target: string }) {
  const network = useNetworks().data?.find(({ name }) => name === target);
  if (network?.kind !== 'remote') return null;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-2">
        <h2 className="text-sm font-semibold">{networkLabel(network)}</h2>
        <Badge>remote</Badge>
      </div>
      <Facts>
        <Fact name="Chain id">{network.chainId ?? 'not checked'}</Fact>
        <Fact name="RPC">
          {network.urlProblem ? (
            <span className="text-warn">Its address can’t be read. {network.urlProblem}</span>
          ) : (
            <span className="font-mono text-xs break-all">{network.url}</span>
          )}
        </Fact>
      </Facts>
      <RailsSummary network={target} />
      <p className="text-sm text-ink-dim">
        What is deployed here stays: a network of others can’t be reverted. Try it on a fork first.
      </p>
    </div>
  );
}
