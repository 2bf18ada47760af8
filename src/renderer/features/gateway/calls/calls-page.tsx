import { ChevronRight, ListTree, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Journal, JournalCall } from '#main/features/gateway/contract.ts';
import { chainPath } from '../../../core/paths.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { useChain } from '../../../core/queries/use-chains.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { CallDialog } from './call-dialog.tsx';
import { type CallFilter, filtered } from './call-filter.ts';
import { CallRate } from './call-rate.tsx';
import { amounts, CallsFilter, type Shown } from './calls-filter.tsx';
import { CallsTable } from './calls-table.tsx';
import { Failing } from './failing.tsx';
import { useCalls } from './use-calls.ts';

/** What programs and pages called on a chain, as it happens. */
export function CallsPage({ chain }: { chain: string }) {
  const [last, setLast] = useState<string>(amounts[0]);
  const [paused, setPaused] = useState(false);
  const { journal, note } = useCalls(chain, Number(last), paused);
  const { data, error, refetch, dataUpdatedAt } = journal;
  return (
    <Page
      title="Calls"
      about={
        <span className="inline-flex items-center gap-1.5">
          <Link href={chainPath(chain)} className="text-accent hover:underline">
            {chain}
          </Link>
          <ChevronRight aria-hidden="true" size={13} />
        </span>
      }
      actions={
        data && (
          <>
            {data.on && (
              <Button
                aria-pressed={paused}
                icon={paused ? <Play size={14} /> : <Pause size={14} />}
                onClick={() => setPaused(!paused)}
              >
                Pause
              </Button>
            )}
            <Switch
              label="Note calls"
              checked={note.asked ?? data.on}
              disabled={note.busy}
              onChange={(on) => void note.send(on)}
            />
          </>
        )
      }
    >
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={8} />}
      {data && (
        <Calls
          journal={data}
          now={dataUpdatedAt}
          last={last}
          onLast={setLast}
          onNote={() => void note.send(true)}
        />
      )}
    </Page>
  );
}

interface CallsProps {
  journal: Journal;
  now: number;
  last: string;
  onLast(last: string): void;
  onNote(): void;
}

function Calls({ journal, now, last, onLast, onNote }: CallsProps) {
  const [shown, setShown] = useState<Shown>('calls');
  const [filter, setFilter] = useState<CallFilter>({ text: '', method: null });
  const [opened, setOpened] = useState<JournalCall | null>(null);
  const listed = journal[shown];
  const calls = filtered(listed, filter);
  if (journal.calls.length === 0 && !journal.on) {
    return <NotNoted chain={journal.chain} onNote={onNote} />;
  }
  return (
    <>
      <CallRate journal={journal} now={now} />
      <Failing failing={journal.failing} />
      <CallsFilter
        calls={listed}
        shown={shown}
        onShow={setShown}
        filter={filter}
        onFilter={setFilter}
        last={last}
        onLast={onLast}
      />
      {calls.length > 0 ? (
        <CallsTable calls={calls} onOpen={setOpened} />
      ) : (
        <p className="text-sm text-ink-dim">
          {listed.length > 0
            ? 'No call is like that.'
            : shown === 'errors'
              ? 'No call has failed.'
              : `Nothing has called ${journal.chain} since calls are noted.`}
        </p>
      )}
      <CallDialog call={opened} onClose={() => setOpened(null)} />
    </>
  );
}

function NotNoted({ chain, onNote }: { chain: string; onNote(): void }) {
  const isOutside = useChain(chain).data?.behindGateway === false;
  return (
    <EmptyState
      icon={<ListTree size={22} />}
      title="Calls are not noted"
      action={
        <Button variant="primary" onClick={onNote}>
          Note calls of {chain}
        </Button>
      }
    >
      What wallets, pages and scripts call on {chain}, with its parameters by name, how long each
      took, and what failed. The last thousand are kept in memory, and nothing on disk.
      {isOutside && ` ${chain} does not run behind the gateway now, which is what notes them.`}
    </EmptyState>
  );
}
