import { useEffect } from 'react';
import { Link } from 'wouter';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { Badge } from '../../ui/badge.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { count, dateTime, duration, plural, shortHex } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ProblemNotice } from '../app/problem-notice.tsx';
import { chainPath } from '../chains/chain-path.ts';
import { LiveCheck } from '../history/live-check.tsx';
import { RunMenu } from '../history/run-menu.tsx';
import { RunNotes } from '../history/run-notes.tsx';
import { projectPath } from '../projects/project-path.ts';
import { isFinal } from './final-status.ts';
import { useLogTabs } from './log-tabs.ts';
import { RunButtons } from './run-buttons.tsx';
import { RunSummary } from './run-summary.tsx';
import { runTone, runWord } from './status-words.ts';
import { TransactionsTable } from './transactions-table.tsx';
import { useRun } from './use-run.ts';

const liveWords = {
  true: 'on the chain now',
  false: 'not on the chain: it was reverted',
  null: 'not known',
} as const;

function Commit({ run }: { run: DeploymentDetail }) {
  if (!run.commit) return 'no repository';
  return (
    <span className="inline-flex items-baseline gap-2">
      <Copyable value={run.commit} what="commit">
        {run.commit.slice(0, 7)}
      </Copyable>
      {run.branch}
      {run.dirty ? <span className="text-warn">{plural(run.dirty, 'file')} changed</span> : null}
    </span>
  );
}

function From({ from }: { from: string | null }) {
  if (from === null) return '—';
  if (!from.startsWith('0x')) return `account ${from}`;
  return (
    <Copyable value={from} what="address">
      {shortHex(from)}
    </Copyable>
  );
}

function Code({ children }: { children: string }) {
  return <span className="font-mono text-xs break-all">{children}</span>;
}

function RunFacts({ run }: { run: DeploymentDetail }) {
  return (
    <Facts>
      <Fact name="Network">
        <Link href={chainPath(run.network)} className="hover:underline">
          {run.network}
        </Link>
      </Fact>
      <Fact name="Chain id">{run.chainId ?? '—'}</Fact>
      <Fact name="Contracts are">{liveWords[`${run.live}`]}</Fact>
      <Fact name="Gas used">{count(run.gasUsed)}</Fact>
      <Fact name="Script">
        <Code>{run.script}</Code>
      </Fact>
      <Fact name="Function">
        <Code>{run.signature}</Code>
      </Fact>
      {run.args.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an argument is its position
        <Fact key={`${index} ${value}`} name={`Argument ${index + 1}`}>
          <Code>{value}</Code>
        </Fact>
      ))}
      <Fact name="From">
        <From from={run.from} />
      </Fact>
      <Fact name="Commit">
        <Commit run={run} />
      </Fact>
      <Fact name="Started">{run.startedAt === null ? '—' : dateTime(run.startedAt)}</Fact>
      <Fact name="Took">
        {run.startedAt !== null && run.endedAt !== null
          ? duration(run.endedAt - run.startedAt)
          : '—'}
      </Fact>
      <Fact name="Snapshot before">{run.snapshot?.name ?? 'none'}</Fact>
    </Facts>
  );
}

/** Everything that is known of one deployment; its log is in the terminal below. */
export function DeploymentPage({ id }: { id: number }) {
  const { run, error } = useRun(id);
  const openLog = useLogTabs((state) => state.open);
  const number = run?.number;
  const project = run?.project.name;
  useEffect(() => {
    if (number !== undefined && project !== undefined) openLog({ id, number, project }, true);
  }, [id, number, project, openLog]);

  if (error) {
    return (
      <Page title="Deployment">
        <ProblemNotice error={error} />
      </Page>
    );
  }
  if (!run) {
    return (
      <Page title="Deployment">
        <Skeleton rows={6} />
      </Page>
    );
  }
  return (
    <Page
      title={`Deployment #${run.number} of ${run.project.name}`}
      about={
        <>
          <Link href={projectPath(run.project.id)} className="text-ink-soft hover:underline">
            {run.project.name}
          </Link>
          <Badge tone={runTone(run)}>{runWord(run)}</Badge>
          {run.status === 'succeeded' && run.live && <Badge tone="ok">Live</Badge>}
        </>
      }
      actions={
        <>
          <RunButtons run={run} />
          <RunMenu run={run} />
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <RunSummary run={run} />
      </div>
      <Section
        title="Contracts and transactions"
        aside={run.contracts.length > 0 && <LiveCheck id={run.id} />}
      >
        <TransactionsTable run={run} />
      </Section>
      <RunNotes id={run.id} />
      <Section title="Command">
        {run.command ? (
          <Copyable
            value={run.command}
            what="command"
            className="rounded-lg border border-line bg-sunken px-3 py-2 text-left break-all whitespace-pre-wrap"
          >
            {run.command}
          </Copyable>
        ) : (
          <p className="text-sm text-ink-dim">
            {isFinal(run.status) ? 'It ended before a command was run.' : 'None so far.'}
          </p>
        )}
      </Section>
      <Section title="About this run">
        <RunFacts run={run} />
      </Section>
    </Page>
  );
}
