import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FixButton } from '../problems/problem-notice.tsx';

/** That a page shows what was recorded of a chain, with a button that starts it. */
export function StoppedNotice({ network }: { network: string }) {
  const start = {
    label: `Start ${network}`,
    call: { procedure: 'chains.start', input: { chain: network } },
  };
  return (
    <ErrorNotice
      tone="warn"
      message="This chain does not run. What is shown was recorded of it; lines of source and what it changed need the chain."
    >
      <FixButton fix={start} />
    </ErrorNotice>
  );
}
