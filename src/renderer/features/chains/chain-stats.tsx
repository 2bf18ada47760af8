import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Chain } from '#main/features/chains/contract.ts';
import { miningWords } from '#main/shared/mining-words.ts';
import { blockPath } from '../../core/paths.ts';
import { isUp } from '../../core/words/chain-words.ts';
import { count, drift, gwei } from '../../ui/format.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

function Stat({ name, title, children }: { name: string; title?: string; children: ReactNode }) {
  return (
    <div className="rounded-lg border border-line bg-ground px-2.5 py-2" title={title}>
      <dt className="text-2xs text-ink-dim">{name}</dt>
      <dd className="mt-0.5 truncate font-mono text-xs nums">{children}</dd>
    </div>
  );
}

/** Blocks are mined on request, so a clock that seems slow only means an old block. */
function ChainTime({ chain }: { chain: Chain }) {
  if (chain.clockDrift === null || chain.blockTime === null) return '—';
  if (chain.clockDrift > 5) return drift(chain.clockDrift);
  return <RelativeTime at={chain.blockTime * 1000} />;
}

/** The chain in four numbers. */
export function ChainStats({ chain }: { chain: Chain }) {
  const running = chain.status === 'running';
  return (
    <dl aria-label="Chain" className="grid grid-cols-[repeat(auto-fit,minmax(6.5rem,1fr))] gap-2">
      <Stat name="Block">
        {running && chain.blockNumber !== null ? (
          <Link href={blockPath(chain.name, chain.blockNumber)} className="hover:underline">
            {count(chain.blockNumber)}
          </Link>
        ) : (
          count(chain.blockNumber)
        )}
      </Stat>
      <Stat
        name="Chain time"
        title="How far the chain’s clock is ahead of this machine’s; otherwise the age of its latest block"
      >
        <ChainTime chain={chain} />
      </Stat>
      <Stat name="Base fee">{chain.baseFee === null ? '—' : gwei(chain.baseFee)}</Stat>
      <Stat name="Mining">
        <span className="font-sans text-sm">
          {running ? miningWords(chain.mining) : isUp(chain) ? '—' : 'stopped'}
        </span>
      </Stat>
    </dl>
  );
}
