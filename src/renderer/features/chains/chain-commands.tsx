import { useQuery } from '@tanstack/react-query';
import {
  Anvil,
  Camera,
  Clock,
  GitFork,
  Pickaxe,
  Play,
  RotateCw,
  SlidersHorizontal,
  Square,
  Undo2,
} from 'lucide-react';
import { useLocation, useRoute } from 'wouter';
import type { Chain } from '#main/features/chains/contract.ts';
import { openChainSettings } from '../../core/chains/settings-dialog.ts';
import { api } from '../../core/client.ts';
import type { InView } from '../../core/feature/slots.ts';
import { chainPath, routes } from '../../core/paths.ts';
import { useChains } from '../../core/queries/use-chains.ts';
import { chainWord, isUp } from '../../core/words/chain-words.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { oneDay } from './chain-tools.tsx';
import { type ControlDialog, openControl } from './controls/control-dialogs.ts';
import { revertQuestion } from './revert-question.ts';
import { askAnew } from './settings/anew-state.ts';
import { useChainActions } from './use-chain-actions.tsx';

/** The newest; the others are on the page of the chain. */
const MOST_SNAPSHOTS = 20;

const controlCommands: {
  what: ControlDialog;
  title: (chain: string) => string;
  keywords: string[];
}[] = [
  {
    what: 'jump',
    title: (chain) => `Jump to a time on ${chain}`,
    keywords: ['warp', 'date', 'timestamp'],
  },
  {
    what: 'next block',
    title: (chain) => `Set the next block of ${chain}`,
    keywords: ['base fee', 'gas limit', 'coinbase'],
  },
  {
    what: 'account',
    title: (chain) => `Set an account on ${chain}`,
    keywords: ['balance', 'nonce', 'code'],
  },
  {
    what: 'variable',
    title: (chain) => `Set a variable on ${chain}`,
    keywords: ['storage', 'slot'],
  },
];

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
      {controlCommands.map(({ what, title, keywords }) => (
        <CommandItem
          key={what}
          title={title(name)}
          icon={<SlidersHorizontal size={15} />}
          keywords={keywords}
          onSelect={() => openControl(name, what)}
        />
      ))}
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
  const [isTransaction] = useRoute(routes.transaction);
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
        shortcut={isTransaction ? undefined : 'R'}
        keywords={['undo', 'back']}
        destroys={revertQuestion(name, 'to before the last deployment')}
        onSelect={() => actions.revert()}
      />
      <CommandItem
        title={`Settings of ${name}`}
        icon={<SlidersHorizontal size={15} />}
        keywords={['hardfork', 'chain id', 'accounts', 'mnemonic', 'code size', 'fork block']}
        onSelect={() => openChainSettings(name)}
      />
      {chain.forkBlock !== null && (
        <CommandItem
          title={`Re-fork ${name} at the newest block`}
          icon={<GitFork size={15} />}
          keywords={['latest', 'upstream']}
          destroys="asks itself"
          onSelect={() => askAnew({ chain: name, input: { forkBlock: 'latest' } })}
        />
      )}
      {snapshots
        ?.slice(-MOST_SNAPSHOTS)
        .toReversed()
        .map((snapshot) => (
          <CommandItem
            key={snapshot.id}
            id={snapshot.id}
            title={`Revert ${name} to ${snapshot.name}`}
            icon={<Undo2 size={15} />}
            detail={`block ${snapshot.blockNumber}`}
            destroys={revertQuestion(name, `to “${snapshot.name}”`)}
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
          name={chain.name}
          goes
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
