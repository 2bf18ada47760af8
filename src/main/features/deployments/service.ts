import { type Caller, DRYDOCK } from '../../shared/caller.ts';
import { cancelRun, endUnstarted } from './cancel-run.ts';
import { claimRun } from './claim-run.ts';
import { DeploymentsContext, type DeploymentsDependencies } from './context.ts';
import type { Deployment, StartInput } from './contract.ts';
import { endBroken, executeRun } from './execute-run.ts';
import { followUps } from './follow-ups.ts';
import { Queue } from './queue.ts';
import { runQueries } from './read-runs.ts';
import { followedRun, RunRecovery } from './recover-runs.ts';
import { runLimits } from './run-limits.ts';
import { type Repeats, startRun } from './start-run.ts';
import { RunSuccession } from './succession.ts';
import { toDto } from './to-dto.ts';

/** The commands and queries of deployments, over a shared context. */
export function deploymentsService(deps: DeploymentsDependencies) {
  const context = new DeploymentsContext(deps);
  const { store, logger } = deps;
  const limits = runLimits(context);
  const succession = new RunSuccession(context);
  const recovery = new RunRecovery(context, (id) => queue.isActive(id));
  const queue: Queue = new Queue({
    store,
    owner: deps.owner,
    isAlive: deps.isAlive,
    isGone: deps.isGone,
    stays: deps.stays,
    claim: (id) => claimRun(context, id),
    run: (id, signal) =>
      execute(id, signal).catch((error: unknown) => endBroken(context, id, error)),
    onError: (error) => logger.error({ err: error }, 'the queue could not be read'),
  });

  async function execute(id: number, signal: AbortSignal): Promise<void> {
    // What an earlier run left running must not send beside this run.
    await recovery.settle().catch((error: unknown) => {
      logger.error({ err: error }, 'the record of an earlier run could not be completed');
    });
    await executeRun(context, limits.of, id, signal);
  }

  async function start(
    input: StartInput,
    repeats: Repeats | null,
    caller: Caller,
  ): Promise<Deployment> {
    const { deployment, replaced } = await startRun(context, input, repeats, caller);
    for (const id of replaced) endUnstarted(context, id);
    queue.pump();
    return deployment;
  }

  return {
    start: (input: StartInput, caller: Caller) => start(input, null, caller),
    /** Starts what was approved, whole as it was reviewed, or what an earlier run has left of it. */
    startApproved: (input: StartInput, approval: number, resumes: boolean) =>
      start(input, { retryOf: null, approval, resumes }, DRYDOCK),
    /** Starts a run on a copy of its target, with the variables of the target itself. */
    startRehearsal: (input: StartInput, standsFor: string) =>
      start(input, { retryOf: null, standsFor }, DRYDOCK),
    async cancel(id: number): Promise<Deployment> {
      await cancelRun(context, queue, (row) => recovery.one(row), id);
      return toDto(context.find(id));
    },
    ...runQueries(context, queue),
    ...followUps({
      ...deps,
      succession,
      find: (id) => context.find(id),
      start,
      toDto,
      tell: (id) => context.changed(id),
    }),
    limits: limits.limits,
    setLimits: limits.setLimits,
    followedRun: (id: number) => followedRun(context, id),
    async recover(): Promise<string[]> {
      const done = await recovery.recover(queue);
      return [...done, ...(await succession.follow())];
    },
    /** Checks whether what is recorded as in place still is. */
    lookAtPlace(): void {
      if (context.closed) return;
      succession.follow().catch((error: unknown) => {
        logger.error({ err: error }, 'what is in place could not be looked at');
      });
    },

    /** Cancels the runs of this core, and waits until that is recorded. Queued runs stay queued. */
    close: () => {
      context.closed = true;
      return queue.close();
    },
  };
}

export type DeploymentsService = ReturnType<typeof deploymentsService>;
