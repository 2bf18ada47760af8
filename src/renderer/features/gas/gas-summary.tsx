import type { GasReport } from '#main/features/gas/contract.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { count, plural } from '../../ui/format.ts';

type Counted = Pick<GasReport, 'gasUsed' | 'transactions' | 'untraced' | 'truncated'>;

/** How much all of it took. */
export const GasTotal = ({ of }: { of: Counted }) => (
  <span className="nums">
    {count(of.gasUsed)} gas in {plural(of.transactions, 'transaction')}
  </span>
);

/** What a report leaves out, and why. */
export function GasProblems({ of: { untraced, truncated } }: { of: Counted }) {
  return (
    <>
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
