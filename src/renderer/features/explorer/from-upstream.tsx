import { Link } from 'wouter';
import { blockPath } from '../../core/paths.ts';
import { useChains } from '../../core/queries/use-chains.ts';
import { count } from '../../ui/format.ts';

/** Where the own transactions of a fork end: what is before them, and the way there. */
export function FromUpstream({ network }: { network: string }) {
  const chain = useChains().data?.find(({ name }) => name === network);
  if (chain?.kind !== 'fork' || chain.forkBlock === null) return null;
  return (
    <p className="text-sm text-ink-dim">
      What was before block {count(chain.forkBlock + 1)} is of the network that {network} was forked
      from, and is not listed here. Its blocks are found by their number:{' '}
      <Link href={blockPath(network, chain.forkBlock)} className="text-accent hover:underline">
        block {count(chain.forkBlock)}
      </Link>{' '}
      is the last of them.
    </p>
  );
}
