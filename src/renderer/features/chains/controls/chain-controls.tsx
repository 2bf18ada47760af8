import type { Chain } from '#main/features/chains/contract.ts';
import { Button } from '../../../ui/button.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { count, gwei } from '../../../ui/format.ts';
import { Section } from '../../../ui/section.tsx';
import { type ControlDialog, openControl } from './control-dialogs.ts';
import { MiningControl } from './mining-control.tsx';

const dialogs: { what: ControlDialog; label: string }[] = [
  { what: 'next block', label: 'Next block…' },
  { what: 'jump', label: 'Jump to a time…' },
  { what: 'account', label: 'Set an account…' },
  { what: 'variable', label: 'Set a variable…' },
];

/** How a chain makes blocks, and what else can be set about it. */
export function ChainControlsSection({ chain }: { chain: Chain }) {
  const { name, next, differs } = chain;
  const off = chain.status !== 'running';
  return (
    <Section
      title="Controls"
      aside={differs.length > 0 && <span className="truncate">{differs.join(' · ')}</span>}
    >
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <MiningControl key={name} chain={chain} />
        <div className="flex flex-wrap gap-1.5">
          {dialogs.map(({ what, label }) => (
            <Button key={what} size="sm" disabled={off} onClick={() => openControl(name, what)}>
              {label}
            </Button>
          ))}
        </div>
      </div>
      {next && (
        <Facts>
          <Fact name="Next base fee">{gwei(next.baseFee)}</Fact>
          <Fact name="Gas limit">{count(next.gasLimit)}</Fact>
          <Fact name="Coinbase">
            <span className="font-mono text-xs">{next.coinbase}</span>
          </Fact>
          <Fact name="Hardfork">{next.hardfork}</Fact>
        </Facts>
      )}
    </Section>
  );
}
