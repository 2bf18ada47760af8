import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight, RotateCw } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { api } from '../../core/client.ts';
import { chainPath, stateDiffPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { useChains } from '../../core/queries/use-chains.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { count, plural } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DiffView } from './diff-view.tsx';
import { ExportMenu } from './export-menu.tsx';
import { type StateDifference, useStateDiff } from './use-state-diff.ts';

type Moment = number | 'now';

/** The id of a snapshot in an address; what is none is told by the core. */
const momentOf = (text: string): Moment => (/^\d{1,15}$/.test(text) ? Number(text) : 'now');

interface StateDiffPageProps {
  chain: string;
  /** As in the address. */
  before: string;
  after: string;
}

/** What differs between two states of a chain. */
export function StateDiffPage({ chain, ...asked }: StateDiffPageProps) {
  const [, navigate] = useLocation();
  const [before, after] = [momentOf(asked.before), momentOf(asked.after)];
  const input = { chain, before, after };
  const { data, error, refetch, isFetching } = useStateDiff(input);
  const go = (a: Moment, b: Moment) => navigate(stateDiffPath(chain, a, b), { replace: true });
  return (
    <Page
      title="State compared"
      about={
        <>
          <Link href={chainPath(chain)} className="text-accent hover:underline">
            {chain}
          </Link>
          {data && <Totals of={data} />}
        </>
      }
      actions={
        <>
          <MomentSelect
            chain={chain}
            label="Before"
            value={before}
            onChange={(moment) => go(moment, after)}
          />
          <IconButton
            label="Swap"
            icon={<ArrowLeftRight size={15} />}
            onClick={() => go(after, before)}
          />
          <MomentSelect
            chain={chain}
            label="After"
            value={after}
            onChange={(moment) => go(before, moment)}
          />
          <IconButton
            label="Compare again"
            icon={<RotateCw size={15} />}
            busy={isFetching}
            onClick={() => void refetch()}
          />
          <ExportMenu input={input} disabled={!data} />
        </>
      }
    >
      {error ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={8} />
      ) : (
        <>
          <Notes of={data} onRefresh={() => void refetch()} />
          <DiffView difference={data} />
        </>
      )}
    </Page>
  );
}

const Totals = ({ of: { head } }: { of: StateDifference }) => (
  <span className="nums">
    {plural(head.accounts, 'account')} and {plural(head.slots + head.left, 'slot')} differ
  </span>
);

function MomentSelect({
  chain,
  label,
  value,
  onChange,
}: {
  chain: string;
  label: string;
  value: Moment;
  onChange(moment: Moment): void;
}) {
  const { data } = useQuery(api.chains.snapshots.queryOptions({ input: { chain } }));
  const options = (data ?? []).toReversed().map(({ id, name, blockNumber }) => ({
    ...{ value: String(id), label: name, text: name },
    detail: `#${count(blockNumber)}`,
  }));
  return (
    <Select
      label={label}
      prefix={label}
      value={String(value)}
      placeholder="unknown"
      options={[{ value: 'now', label: 'Now', text: 'now' }, ...options]}
      onChange={(chosen) => onChange(momentOf(chosen))}
      className="max-w-56"
      plainValue
    />
  );
}

/** What is odd about both states, and whether the chain has gone on since. */
function Notes({ of: { head }, onRefresh }: { of: StateDifference; onRefresh(): void }) {
  const chain = useChains().data?.find(({ name }) => name === head.chain);
  const now = [head.before, head.after].find(({ snapshot }) => snapshot === null);
  const isLater =
    chain?.status === 'running' &&
    now?.at === null &&
    now.blockNumber !== null &&
    chain.blockNumber !== null &&
    chain.blockNumber !== now.blockNumber;
  const notes = [head.before.note, head.after.note].filter((note) => note !== null);
  return (
    <>
      {notes.map((note) => (
        <ErrorNotice key={note} tone="warn" message={note} />
      ))}
      {head.left > 0 && (
        <ErrorNotice
          tone="warn"
          message={`${plural(head.left, 'slot')} more changed than are told: there are too many.`}
        />
      )}
      {isLater && (
        <p role="status" className="flex items-center gap-3 text-sm text-ink-dim">
          {head.chain} has gone on to block {count(chain.blockNumber)}.
          <Button variant="link" onClick={onRefresh}>
            Compare again
          </Button>
        </p>
      )}
    </>
  );
}
