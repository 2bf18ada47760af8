import type { GasReport } from '#main/features/gas/contract.ts';
import { StoppedNotice } from '../../core/inside/stopped-notice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { count, plural } from '../../ui/format.ts';

type Counted = Pick<GasReport, 'gasUsed' | 'transactions'>;
type Reported = Pick<GasReport, 'network' | 'stopped' | 'untraced' | 'truncated'>;

/** How much all of it took. */
export const GasTotal = ({ of }: { of: Counted }) => (
  <span className="nums">
    {count(of.gasUsed)} gas in {plural(of.transactions, 'transaction')}
  </span>
);

/** What a report leaves out, and why. */
export function GasProblems({ of: { network, stopped, untraced, truncated } }: { of: Reported }) {
  return (
    <>
      {stopped && <StoppedNotice network={network} missing={null} />}
      {untraced > 0 && (
        <ErrorNotice
          tone="warn"
          message={`The calls of ${plural(untraced, 'transaction')} are not known: they were not recorded, and the network does not trace them.`}
        />
      )}
      {truncated && (
        <ErrorNotice
          tone="warn"
          message="There are more transactions than are counted: these are the newest. Name fewer blocks to count older ones."
        />
      )}
    </>
  );
}
