import {
  type UpgradeReport as Report,
  verdictSentences,
} from '#main/features/upgrades/contract.ts';
import { isAddressShaped } from '#main/shared/hex.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { cx } from '../../ui/cx.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { StateDot, type Tone, toneText } from '../../ui/state-dot.tsx';
import { Findings } from './findings.tsx';
import { Replay } from './replay.tsx';

const tones: Record<Report['verdict'], Tone> = { safe: 'ok', unproven: 'warn', unsafe: 'bad' };

/**
 * What a check of an upgrade has found: the verdict, and what it rests on.
 *
 * @param isOfRun it was made before a run sent the upgrade, which tries no recorded calls
 */
export function UpgradeReport({ report, isOfRun = false }: { report: Report; isOfRun?: boolean }) {
  const { network, proxy, verdict } = report;
  return (
    <>
      <p
        role={isOfRun ? undefined : 'status'}
        className={cx('flex items-center gap-2 text-base font-semibold', toneText[tones[verdict]])}
      >
        <StateDot tone={tones[verdict]} />
        {verdictSentences[verdict]}
      </p>
      <Facts>
        <Fact name="Behind it">
          <Implementation network={network} of={report.from} />
        </Fact>
        <Fact name="To be">
          <Implementation network={network} of={report.to} />
        </Fact>
        <Fact name="Kind of proxy">{proxy.kind}</Fact>
        <Fact name="May upgrade">
          <Admin network={network} of={proxy.admin} />
        </Fact>
      </Facts>
      <Findings all={report.findings} />
      {!isOfRun && <Replay network={network} of={report.replay} />}
    </>
  );
}

function Admin({ network, of }: { network: string; of: string | null }) {
  if (of === null) return 'that can’t be told';
  return isAddressShaped(of) ? <AddressLink network={network} of={{ address: of }} /> : of;
}

function Implementation({ network, of }: { network: string; of: Report['from'] }) {
  const { name, address } = of;
  if (address === null) return name ?? 'unknown';
  return <AddressLink network={network} of={{ address, contract: name }} isContract />;
}
