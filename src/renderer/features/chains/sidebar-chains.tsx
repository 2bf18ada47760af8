import { Anvil, GitFork, Pencil, Plus, Radio } from 'lucide-react';
import { useLocation } from 'wouter';
import type { Chain } from '#main/features/chains/contract.ts';
import type { Network } from '#main/features/networks/contract.ts';
import { ArrangedItem } from '../../core/arranging/arranged-item.tsx';
import { GroupSection } from '../../core/arranging/group-section.tsx';
import { groupsOf } from '../../core/arranging/groups.ts';
import { moveItems } from '../../core/arranging/move-items.tsx';
import { client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { chainPath, networksPath } from '../../core/paths.ts';
import { useChains } from '../../core/queries/use-chains.ts';
import { useNetworks } from '../../core/queries/use-networks.ts';
import { chainTone, chainWord, isUp } from '../../core/words/chain-words.ts';
import { networkLabel } from '../../core/words/network-label.ts';
import { ColoredIcon } from '../../ui/color-dot.tsx';
import { count } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { SidebarHeading, SidebarItem } from '../../ui/sidebar-item.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { openEditNetwork } from './edit-network-state.ts';

interface NetworkItemProps {
  network: Network;
  chain: Chain | undefined;
  inGroup: readonly Network[];
  /** Puts a network before another one; null: behind all. */
  move(name: string, before: string | null): void;
}

function NetworkItem({ network, chain, inGroup, move }: NetworkItemProps) {
  const { name } = network;
  if (!chain && network.kind !== 'remote') return null;
  const names = inGroup.map((one) => one.name);
  return (
    <ArrangedItem
      list="chains"
      id={name}
      label={name}
      items={() => [
        { label: 'Edit…', icon: <Pencil size={15} />, onSelect: () => openEditNetwork(network) },
        ...moveItems(names, name, (before) => move(name, before)),
      ]}
      onDrop={(dragged) => move(dragged, name)}
    >
      {chain ? <ChainItem chain={chain} network={network} /> : <RemoteItem network={network} />}
    </ArrangedItem>
  );
}

function RemoteItem({ network }: { network: Network }) {
  return (
    <SidebarItem
      href={networksPath}
      icon={
        <ColoredIcon color={network.color}>
          <Radio size={15} />
        </ColoredIcon>
      }
      end={<span className="text-2xs text-ink-dim">remote</span>}
      quiet
    >
      {networkLabel(network)}
    </SidebarItem>
  );
}

function ChainItem({ chain, network }: { chain: Chain; network: Network }) {
  const running = chain.status === 'running';
  return (
    <SidebarItem
      href={chainPath(chain.name)}
      icon={
        <ColoredIcon color={network.color}>
          {chain.kind === 'fork' ? <GitFork size={15} /> : <Anvil size={15} />}
        </ColoredIcon>
      }
      end={
        running ? (
          <span className="font-mono text-2xs text-ok nums">#{count(chain.blockNumber)}</span>
        ) : chain.problem || isUp(chain) ? (
          <StateDot tone={chainTone(chain)} label={chainWord(chain)} />
        ) : (
          <span className="text-2xs text-ink-dim">{chainWord(chain)}</span>
        )
      }
    >
      {networkLabel(network)}
    </SidebarItem>
  );
}

/** The sidebar lists what was used before, or was added by the user. The rest is one click away. */
function isAtHand(network: Network, chain: Chain | undefined): boolean {
  if (network.name === 'local' || network.source === 'user') return true;
  return chain !== undefined && (isUp(chain) || chain.savedAt !== null);
}

/** Chains and networks, each with its state. */
export function SidebarChains() {
  const [, navigate] = useLocation();
  const chains = useChains().data ?? [];
  const networks = useNetworks().data ?? [];
  const chainOf = (name: string) => chains.find((chain) => chain.name === name);
  const atHand = networks.filter((network) => isAtHand(network, chainOf(network.name)));
  const others = networks.length - atHand.length;
  const { send } = useCommand(client.networks.move);
  const move = (name: string, before: string | null) => void send({ name, before });
  return (
    <>
      <SidebarHeading
        action={
          <IconButton
            label="Networks"
            icon={<Plus size={15} />}
            onClick={() => navigate(networksPath)}
          />
        }
      >
        Chains
      </SidebarHeading>
      {groupsOf(atHand).map(({ name, things }) => (
        <GroupSection key={name} name={name}>
          {things.map((network) => (
            <NetworkItem
              key={network.name}
              network={network}
              chain={chainOf(network.name)}
              inGroup={things}
              move={move}
            />
          ))}
        </GroupSection>
      ))}
      <SidebarItem
        href={networksPath}
        icon={<Radio size={15} />}
        end={others > 0 && <span className="text-2xs text-ink-dim nums">{networks.length}</span>}
      >
        All networks
      </SidebarItem>
    </>
  );
}
