import { Anvil, GitFork, Plus, Radio } from 'lucide-react';
import { useLocation } from 'wouter';
import type { Chain } from '#main/features/chains/contract.ts';
import type { Network } from '#main/features/networks/contract.ts';
import { chainPath, networksPath } from '../../core/paths.ts';
import { useChains } from '../../core/queries/use-chains.ts';
import { useNetworks } from '../../core/queries/use-networks.ts';
import { chainTone, chainWord, isUp } from '../../core/words/chain-words.ts';
import { count } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { SidebarHeading, SidebarItem } from '../../ui/sidebar-item.tsx';
import { StateDot } from '../../ui/state-dot.tsx';

function ChainItem({ chain }: { chain: Chain }) {
  const running = chain.status === 'running';
  return (
    <SidebarItem
      href={chainPath(chain.name)}
      icon={chain.kind === 'fork' ? <GitFork size={15} /> : <Anvil size={15} />}
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
      {chain.name}
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
      {atHand.map((network) => {
        const chain = chainOf(network.name);
        return chain ? (
          <ChainItem key={network.name} chain={chain} />
        ) : (
          network.kind === 'remote' && (
            <SidebarItem
              key={network.name}
              href={networksPath}
              icon={<Radio size={15} />}
              end={<span className="text-2xs text-ink-dim">remote</span>}
              quiet
            >
              {network.name}
            </SidebarItem>
          )
        );
      })}
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
