import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Watch } from '#main/features/watches/contract.ts';
import { api, client } from '../../../core/client.ts';
import { useCommand } from '../../../core/commands/use-command.ts';
import { problemOf } from '../../../core/problems/problem.ts';
import { useKind } from '../../../core/queries/use-kinds.ts';
import { useProject } from '../../../core/queries/use-projects.ts';
import { useTarget } from '../../../core/queries/use-target.ts';
import { asTrusted } from '../../../core/trust.ts';
import { clearStartProblem, showStartProblem, startProblemOf } from '../form/start-problem.ts';
import { readRequest } from '../request/use-request.ts';
import { withoutSecrets } from '../run/secret-argument-state.ts';
import { showBegun } from '../run/show-begun.ts';

/** The watch of a project, if it is watched. */
const useWatch = (project: number): Watch | undefined =>
  useQuery(api.watches.list.queryOptions()).data?.find((one) => one.project.id === project);

/** Begins with a run as the form says. The form shows why one is not started. */
async function startWatch(project: number): Promise<void> {
  clearStartProblem(project);
  const request = await readRequest(project);
  if (!request) return;
  if (request.missing) return showStartProblem(project, request.missing);
  const { priority: _, replaceWaiting: __, ...start } = request.start;
  try {
    const watch = await asTrusted(project, 'deploy', () =>
      withoutSecrets((harmless) =>
        client.watches.start({ ...start, input: { ...start.input, ...harmless } }),
      ),
    );
    if (watch?.run) showBegun(await client.deployments.get({ id: watch.run.id }));
  } catch (error) {
    showStartProblem(project, startProblemOf(problemOf(error)));
  }
}

/** Watch mode of a project, where its kind and the chosen target have it. */
export function useWatchMode(project: number) {
  const kind = useKind(useProject(project).project?.kind);
  const target = useTarget(project);
  const watch = useWatch(project);
  const start = useCommand(() => startWatch(project));
  const stop = useCommand(() => client.watches.stop({ project }));
  const isWatched = watch !== undefined;
  const { send: begin } = start;
  const { send: end } = stop;
  const toggle = useCallback(
    () => void (isWatched ? end(undefined) : begin(undefined)),
    [isWatched, begin, end],
  );
  const isOffered =
    isWatched || (kind?.watched != null && (target?.kind === 'local' || target?.kind === 'fork'));
  return {
    watch,
    /** Where nothing can be watched, the switch is not there. */
    isOffered,
    busy: start.busy || stop.busy,
    toggle,
    /** Begins anew, from the state as it is now. */
    restart: () => void begin(undefined),
  };
}
