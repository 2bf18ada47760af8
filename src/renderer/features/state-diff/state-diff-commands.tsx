import { useQuery } from '@tanstack/react-query';
import { GitCompare } from 'lucide-react';
import { useLocation } from 'wouter';
import { api } from '../../core/client.ts';
import type { InView } from '../../core/feature/slots.ts';
import { stateDiffPath } from '../../core/paths.ts';
import { useChains } from '../../core/queries/use-chains.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';

/** The newest; the palette finds others by their names. */
const MOST_SNAPSHOTS = 20;

/** For the snapshots of the chain in view: what has changed since. */
export function StateDiffCommands({ target: chain }: InView) {
  const [, navigate] = useLocation();
  const isChain = useChains().data?.some(({ name }) => name === chain) ?? false;
  const snapshots = useQuery(
    api.chains.snapshots.queryOptions({ input: { chain }, enabled: isChain }),
  ).data;
  if (!isChain || !snapshots?.length) return null;
  return (
    <CommandGroup title={`Changes of ${chain}`}>
      {snapshots
        .slice(-MOST_SNAPSHOTS)
        .toReversed()
        .map(({ id, name, blockNumber }) => (
          <CommandItem
            key={id}
            id={id}
            goes
            title={`Compare ${chain} with ${name}`}
            icon={<GitCompare size={15} />}
            detail={`block ${blockNumber}`}
            keywords={['diff', 'state', 'storage', 'changed', 'since']}
            onSelect={() => navigate(stateDiffPath(chain, id))}
          />
        ))}
    </CommandGroup>
  );
}
