import { useEffect } from 'react';
import { Link } from 'wouter';
import { isFinal } from '#main/shared/final.ts';
import { Slot } from '../../../core/feature/slot.tsx';
import { changeTabs } from '../../../core/panel/panel-store.ts';
import { unfollowed } from '../../../core/panel/panel-tabs.ts';
import { projectPath } from '../../../core/paths.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { runTone, runWord } from '../../../core/words/run-words.ts';
import { familyOf } from '../../../families/all.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Copyable } from '../../../ui/copyable.tsx';
import { Page } from '../../../ui/page.tsx';
import { Section } from '../../../ui/section.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { usePageLog } from '../log/use-page-log.ts';
import { useRun } from '../log/use-run.ts';
import { RunButtons } from './run-buttons.tsx';
import { RunFacts } from './run-facts.tsx';
import { RunSummary } from './run-summary.tsx';

/** All data of one deployment; its log is in the terminal below. */
export function DeploymentPage({ id }: { id: number }) {
  const { run, error } = useRun(id);
  usePageLog(run);
  // Opened once more, it brings its log to the front once more.
  useEffect(() => () => changeTabs(unfollowed), []);

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
  const family = familyOf(run.family);
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
          <Slot name="run.actions" run={run} />
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <RunSummary run={run} />
      </div>
      <Section title={family.title} aside={family.Aside && <family.Aside run={run} />}>
        <family.Result run={run} />
      </Section>
      <Slot name="run.sections" run={run} />
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
