import { Anvil, GitFork, Plus } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import type { Chain } from '#main/features/chains/contract.ts';
import { chainPath, networksPath } from '../../core/paths.ts';
import { useChains } from '../../core/queries/use-chains.ts';
import { chainTone, chainWord, isUp } from '../../core/words/chain-words.ts';
import { useNetworkLabel } from '../../core/words/network-label.ts';
import { count } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { StateDot } from '../../ui/state-dot.tsx';

function Row({ chain }: { chain: Chain }) {
  const Icon = chain.kind === 'fork' ? GitFork : Anvil;
  const running = chain.status === 'running';
  const label = useNetworkLabel(chain.name);
  return (
    <li className="flex items-center gap-2.5 border-line px-3.5 py-2.5 not-first:border-t">
      <Icon size={15} aria-hidden="true" className={running ? 'text-ok' : 'text-ink-dim'} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2 text-sm">
          <Link href={chainPath(chain.name)} className="truncate font-semibold hover:underline">
            {label}
          </Link>
          <span className="font-mono text-2xs text-ink-dim nums">{chain.chainId}</span>
        </p>
        <p className="truncate text-xs text-ink-dim">
          {running && chain.blockTime !== null ? (
            <>
              latest block <RelativeTime at={chain.blockTime * 1000} />
            </>
          ) : (
            chainWord(chain)
          )}
        </p>
      </div>
      {running ? (
        <span className="font-mono text-xs text-ok nums">#{count(chain.blockNumber)}</span>
      ) : (
        <StateDot tone={chainTone(chain)} />
      )}
    </li>
  );
}

/** Chains that run or were used, with their heights, on the overview. */
export function OverviewChains() {
  const [, navigate] = useLocation();
  const chains = (useChains().data ?? []).filter(
    (chain) => chain.name === 'local' || isUp(chain) || chain.savedAt !== null,
  );
  return (
    <Section
      title="Chains"
      aside={
        <IconButton
          label="All networks"
          icon={<Plus size={15} />}
          onClick={() => navigate(networksPath)}
        />
      }
    >
      <ul aria-label="Chains" className="rounded-lg border border-line bg-panel">
        {chains.map((chain) => (
          <Row key={chain.name} chain={chain} />
        ))}
      </ul>
    </Section>
  );
}
