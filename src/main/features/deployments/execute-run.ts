import { isFinal } from '../../shared/final.ts';
import type { DeploymentsContext } from './context.ts';
import type { Limits } from './contract.ts';
import { notRecorded } from './failures.ts';
import { jobOf } from './orphan-processes.ts';
import { Runner } from './runner/run.ts';

/** How often writing a run's end is retried when the disk is full, ms. */
const RECORD_AGAIN_MS = 1000;

/** Runs a claimed deployment to its end. */
export async function executeRun(
  context: DeploymentsContext,
  limitsOf: (projectId: number) => Limits,
  id: number,
  signal: AbortSignal,
): Promise<void> {
  const { deps, journal, liveLines } = context;
  const { number, projectId, target, input, kind: kindId, ...row } = context.find(id);
  const project = deps.project(projectId);
  const [kind, { pins, notes }] = await Promise.all([
    deps.kinds.get(kindId),
    deps.pinnedTools(projectId),
  ]);
  const provider = deps.provider(kind.info.target);
  const runner = new Runner(
    {
      ...{ id, number, kind, provider, target, input, notes },
      ...{ approval: row.approval, resumes: row.resumes, standsFor: row.standsFor },
      project: { ...project, pins },
      job: jobOf(deps.folderId, id),
      limits: limitsOf(projectId),
      doubts: provider.doubts(target, atWork(context, target)),
    },
    {
      ...deps,
      journal,
      changed: () => context.changed(id),
      showLive: (line) => liveLines.set(id, line),
    },
    signal,
  );
  await runner.run();
}

/**
 * Runs that can't be inspected because their engine is unavailable, and that may still be running.
 */
const atWork = ({ store }: DeploymentsContext, target: string): string[] =>
  store
    .unsettled()
    .filter((row) => row.target === target)
    .map((row) => `${row.projectName} #${row.number}`);

/** A run whose record could not be written, for example because the disk is full. */
export function endBroken(context: DeploymentsContext, id: number, error: unknown): void {
  const { deps, journal, store } = context;
  deps.logger.error({ deployment: id, err: error }, 'a run could not be recorded');
  const failure = notRecorded(error);
  try {
    const at = Date.now();
    journal.append(id, [{ at, type: 'status', status: 'failed', failure }], () =>
      store.update(id, { endedAt: at, failure, deadLetter: true, process: null }),
    );
  } catch {
    // Retried until there is room. If this core ends first, the next one recovers the run.
    setTimeout(() => {
      const row = context.closed ? undefined : store.byId(id);
      if (row && !isFinal(row.status)) endBroken(context, id, error);
    }, RECORD_AGAIN_MS).unref();
  }
  journal.finish(id);
  context.changed(id);
}
