import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FixButton } from '../problems/problem-notice.tsx';

interface StoppedNoticeProps {
  network: string;
  /** What the page does not have without the chain; null: nothing. */
  missing?: string | null;
}

/** That a page shows what was recorded of a chain, with a button that starts it. */
export function StoppedNotice({
  network,
  missing = 'lines of source and what it changed',
}: StoppedNoticeProps) {
  const start = {
    label: `Start ${network}`,
    call: { procedure: 'chains.start', input: { chain: network } },
  };
  return (
    <ErrorNotice
      tone="warn"
      message={`This chain does not run. What is shown was recorded of it${missing === null ? '' : `; ${missing} need the chain`}.`}
    >
      <FixButton fix={start} />
    </ErrorNotice>
  );
}
