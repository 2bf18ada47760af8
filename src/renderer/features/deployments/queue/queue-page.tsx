import { ListOrdered, X } from 'lucide-react';
import { Link } from 'wouter';
import type { Deployment } from '#main/features/deployments/contract.ts';
import { deploymentPath, projectPath, settingsPath } from '../../../core/paths.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { useQueue } from '../../../core/queries/use-queue.ts';
import { useSettings } from '../../../core/queries/use-settings.ts';
import { StatusIcon } from '../../../core/words/run-icon.tsx';
import { runTone, runWord } from '../../../core/words/run-words.ts';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { plural } from '../../../ui/format.ts';
import { Page } from '../../../ui/page.tsx';
import { Section } from '../../../ui/section.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toneText } from '../../../ui/state-dot.tsx';
import { Table, Td, Th } from '../../../ui/table.tsx';
import { priorityWord } from '../request/priority.ts';
import { attemptWords } from '../run/attempt-words.ts';
import { Elapsed } from '../run/elapsed.tsx';
import { useRunActions } from '../run/use-run-actions.ts';
import { whyWaiting } from '../run/why-waiting.ts';

function Row({ run, state }: { run: Deployment; state: string }) {
  const { busy, cancel } = useRunActions(run);
  const cancelling = run.status === 'cancelling';
  return (
    <tr className="group hover:bg-hover" data-run={run.id} data-status={run.status}>
      <Td className="w-9 pr-0">
        <StatusIcon run={run} />
      </Td>
      <Td className="min-w-16">
        <Link
          href={deploymentPath(run.id)}
          aria-label={`Deployment #${run.number} of ${run.project.name}`}
          className="font-semibold nums hover:underline"
        >
          #{run.number}
        </Link>
      </Td>
      <Td className="max-w-48 min-w-40 truncate">
        <Link href={projectPath(run.project.id)} className="hover:underline">
          {run.project.name}
        </Link>
      </Td>
      <Td className="min-w-28">{run.target}</Td>
      <Td className={cx('w-full', toneText[runTone(run)])}>
        {state}
        {run.attempt > 1 && <span className="text-ink-dim"> · {attemptWords(run.attempt)}</span>}
      </Td>
      <Td className="hidden min-w-24 @3xl:table-cell">{priorityWord(run.priority)}</Td>
      <Td end className="min-w-24 text-ink-dim">
        <Elapsed since={run.startedAt ?? run.createdAt} />
      </Td>
      <Td end>
        <Button
          size="sm"
          aria-label={`Cancel ${run.project.name} #${run.number}`}
          icon={<X aria-hidden="true" size={14} />}
          busy={busy === 'cancel' || cancelling}
          onClick={cancel}
        >
          Cancel
        </Button>
      </Td>
    </tr>
  );
}

function Runs({
  label,
  time,
  runs,
  stateOf,
}: {
  label: string;
  /** What the time in its column measures. */
  time: string;
  runs: Deployment[];
  stateOf(run: Deployment): string;
}) {
  return (
    <div className="@container">
      <Table label={label}>
        <thead>
          <tr>
            <Th className="w-9 pr-0">
              <span className="sr-only">State</span>
            </Th>
            <Th priority={0}>Number</Th>
            <Th priority={1}>Project</Th>
            <Th priority={2}>Network</Th>
            <Th priority={1}>State</Th>
            <Th className="hidden @3xl:table-cell" priority={4}>
              Priority
            </Th>
            <Th end priority={3}>
              {time}
            </Th>
            <Th end>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.id} run={run} state={stateOf(run)} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function runningState(run: Deployment): string {
  return run.status === 'cancelling' ? 'Cancelling: ending its processes' : runWord(run);
}

/** Running and queued deployments of all projects, in their order. */
export function QueuePage() {
  const { data: queue, error, refetch } = useQueue();
  const { settings } = useSettings();
  const atOnce = settings?.concurrentRuns ?? 1;
  const quiet = queue && queue.running.length + queue.waiting.length === 0;
  return (
    <Page
      title="Queue"
      about={
        <p>
          One run at a time for a project and for a network
          {settings && (
            <>
              ,{' '}
              <Link href={settingsPath} className="text-ink-soft underline">
                up to {atOnce} over all
              </Link>
            </>
          )}
          .
        </p>
      }
    >
      {error && !queue && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!queue && !error && <Skeleton rows={4} />}
      {quiet && (
        <EmptyState icon={<ListOrdered size={22} />} title="Nothing runs and nothing waits">
          Deployments asked for while another one of the project runs wait here, also over a restart
          of Drydock. Open a project and press D.
        </EmptyState>
      )}
      {queue && !quiet && (
        <>
          <Section title="Running" aside={plural(queue.running.length, 'run')}>
            {queue.running.length > 0 ? (
              <Runs
                label="Running"
                time="Running for"
                runs={queue.running}
                stateOf={runningState}
              />
            ) : (
              <p className="text-sm text-ink-dim">Nothing at this moment.</p>
            )}
          </Section>
          <Section title="Waiting" aside={plural(queue.waiting.length, 'run')}>
            {queue.waiting.length > 0 ? (
              <Runs
                label="Waiting"
                time="Waiting for"
                runs={queue.waiting}
                stateOf={(run) => whyWaiting(run, queue, atOnce)}
              />
            ) : (
              <p className="text-sm text-ink-dim">Nothing waits.</p>
            )}
          </Section>
        </>
      )}
    </Page>
  );
}
