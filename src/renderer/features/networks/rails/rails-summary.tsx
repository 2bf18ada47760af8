import { useState } from 'react';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { shortHex } from '../../../ui/format.ts';
import { RailsDialog } from './rails-dialog.tsx';
import { doorsText, spentText } from './rails-words.ts';
import { useRails } from './use-rails.ts';

/** What holds for deploys to a live network, at a glance. */
export function RailsSummary({ network }: { network: string }) {
  const { data, error, refetch } = useRails(network);
  const [open, setOpen] = useState(false);
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const { freeze, senders, confirmations } = data;
  return (
    <section aria-label="Rails" className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-sm font-semibold">Rails</h3>
        <Button size="sm" onClick={() => setOpen(true)}>
          Change…
        </Button>
      </div>
      {freeze && (
        <ErrorNotice
          tone="warn"
          message={`Frozen${freeze.note === '' ? '' : `: ${freeze.note}`}. Nothing is sent there.`}
        />
      )}
      <Facts>
        <Fact name="Sent from">{doorsText(data)}</Fact>
        <Fact name="Senders">
          {senders === null ? (
            'every address'
          ) : (
            <span className="font-mono text-xs break-all">
              {senders.map(shortHex).join(', ') || 'nobody'}
            </span>
          )}
        </Fact>
        <Fact name="Last 24 hours">{spentText(data)}</Fact>
        <Fact name="Confirmations">{confirmations}</Fact>
      </Facts>
      <RailsDialog network={open ? network : null} onClose={() => setOpen(false)} />
    </section>
  );
}
