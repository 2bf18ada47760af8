import { useQuery } from '@tanstack/react-query';
import {
  Anvil,
  Camera,
  Clock,
  Droplets,
  Pickaxe,
  Play,
  RotateCw,
  Square,
  Undo2,
} from 'lucide-react';
import { useLocation } from 'wouter';
import type { Chain } from '#main/features/chains/contract.ts';
import { api } from '../../core/client.ts';
import type { InView } from '../../core/feature/slots.ts';
import { chainPath } from '../../core/paths.ts';
import { useChains } from '../../core/queries/use-chains.ts';
import { chainWord, isUp } from '../../core/words/chain-words.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { oneDay } from './chain-tools.tsx';
import { openFund } from './fund-state.ts';
import { useChainActions } from './use-chain-actions.tsx';

function RunningCommands({ chain }: { chain: Chain }) {
  const actions = useChainActions(chain.name);
  const { name } = chain;
  return (
    <>
      <CommandItem
        title={`Snapshot ${name}`}
        icon={<Camera size={15} />}
        shortcut="S"
        keywords={['save', 'keep']}
        onSelect={() => void actions.snapshot()}
      />
      <CommandItem
        title={`Mine a block on ${name}`}
        icon={<Pickaxe size={15} />}
        onSelect={() => actions.mine()}
      />
      <CommandItem
        title={`Mine 10 blocks on ${name}`}
        icon={<Pickaxe size={15} />}
        onSelect={() => actions.mine(10)}
      />
      <CommandItem
        title={`Move ${name} +1 hour`}
        icon={<Clock size={15} />}
        keywords={['warp', 'time']}
        onSelect={() => actions.warp(3600, 'an hour')}
      />
      <CommandItem
        title={`Move ${name} +1 day`}
        icon={<Clock size={15} />}
        keywords={['warp', 'time']}
        onSelect={() => actions.warp(oneDay, 'a day')}
      />
      <CommandItem
        title={`Move ${name} +30 days`}
        icon={<Clock size={15} />}
        keywords={['warp', 'time', 'month']}
        onSelect={() => actions.warp(30 * oneDay, '30 days')}
      />
      <CommandItem
        title={`Fund an account on ${name}`}
        icon={<Droplets size={15} />}
        keywords={['faucet', 'ether', 'balance']}
        onSelect={() => openFund(name)}
      />
      <CommandItem
        title={`Restart ${name}`}
        icon={<RotateCw size={15} />}
        onSelect={() => actions.restart()}
      />
      <CommandItem
        title={`Stop ${name}`}
        icon={<Square size={14} />}
        onSelect={() => actions.stop()}
      />
    </>
  );
}

/** All commands for the chain of the open page. */
export function ChainCommands({ target: name }: InView) {
  const chain = useChains().data?.find((one) => one.name === name);
  const actions = useChainActions(name);
  const snapshots = useQuery(
    api.chains.snapshots.queryOptions({ input: { chain: name }, enabled: chain !== undefined }),
  ).data;
  if (!chain) return null;
  return (
    <CommandGroup title={`Chain ${name}`}>
      {isUp(chain) ? (
        <RunningCommands chain={chain} />
      ) : (
        <CommandItem
          title={`Start ${name}`}
          icon={<Play size={15} />}
          onSelect={() => actions.start()}
        />
      )}
      <CommandItem
        title={`Revert ${name} to before the last deployment`}
        icon={<Undo2 size={15} />}
        shortcut="R"
        keywords={['undo', 'back']}
        onSelect={() => actions.revert()}
      />
      {snapshots?.toReversed().map((snapshot) => (
        <CommandItem
          key={snapshot.id}
          id={snapshot.id}
          title={`Revert ${name} to ${snapshot.name}`}
          icon={<Undo2 size={15} />}
          detail={`block ${snapshot.blockNumber}`}
          onSelect={() => actions.revert(snapshot.id)}
        />
      ))}
    </CommandGroup>
  );
}

/** A command to open each chain, and Start for the stopped ones. */
export function ChainGoCommands({ target }: InView) {
  const [, navigate] = useLocation();
  const chains = useChains().data ?? [];
  return (
    <CommandGroup title="Chains">
      {chains.map((chain) => (
        <CommandItem
          key={chain.name}
          title={`Go to chain ${chain.name}`}
          icon={<Anvil size={15} />}
          detail={chainWord(chain)}
          keywords={[chain.kind, 'network']}
          onSelect={() => navigate(chainPath(chain.name))}
        />
      ))}
      {chains
        .filter((chain) => chain.status === 'stopped' && chain.name !== target)
        .map((chain) => (
          <StartCommand key={chain.name} name={chain.name} />
        ))}
    </CommandGroup>
  );
}

function StartCommand({ name }: { name: string }) {
  const actions = useChainActions(name);
  return (
    <CommandItem
      title={`Start ${name}`}
      icon={<Play size={15} />}
      onSelect={() => actions.start()}
    />
  );
}
