import { useIsMutating, useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import type { Deployment } from '#main/features/deployments/contract.ts';
import type { Review } from '#main/features/reviews/contract.ts';
import { client } from '../../../core/client.ts';
import { connected } from '../../../core/connection/connected.ts';
import { projectPath, reviewPath } from '../../../core/paths.ts';
import { problemOf } from '../../../core/problems/problem.ts';
import { queryClient } from '../../../core/query-client.ts';
import { asTrusted } from '../../../core/trust.ts';
import { draftOf, useDrafts } from '../request/deploy-draft.ts';
import { emptyLists } from '../request/request-input.ts';
import { type DeployRequest, readRequest, useRequest } from '../request/use-request.ts';
import { withoutSecrets } from '../run/secret-argument-state.ts';
import { showBegun } from '../run/show-begun.ts';
import {
  clearStartProblem,
  type StartProblem,
  showStartProblem,
  startProblemOf,
} from './start-problem.ts';

const mutationKey = (project: number) => ['deploy', project];

/** Whether what the form says is signed by a key, and so reviewed before it is sent. */
export const isReviewed = ({ target, start }: DeployRequest): boolean =>
  target.kind === 'remote' && typeof start.input?.key === 'string';

/** Returns the review, or `undefined` when the user declined to trust the project. */
const rehearseAsChosen = (project: number, { start }: DeployRequest): Promise<Review | undefined> =>
  asTrusted(project, 'rehearse', () =>
    client.reviews.rehearse({ project, target: start.target ?? '', input: start.input ?? {} }),
  );

/** Returns the run, or `undefined` when the user declined a question. */
async function deployAsChosen(
  project: number,
  { start, kind }: DeployRequest,
): Promise<Deployment | undefined> {
  const { retryOf } = draftOf(project);
  const { project: _, ...changes } = start;
  const emptied = emptyLists(kind);
  const send = (harmless: Record<string, unknown>) =>
    retryOf
      ? client.deployments.retry({
          id: retryOf.id,
          changes: { ...changes, input: { ...emptied, ...changes.input, ...harmless } },
        })
      : client.deployments.start({ ...start, input: { ...start.input, ...harmless } });
  const run = await asTrusted(project, 'deploy', () => withoutSecrets(send));
  if (run) useDrafts.getState().change(project, { retryOf: undefined });
  return run;
}

/**
 * Deploys a project as its form says, once that is loaded. One call at a time for a project: the
 * button, the key and the palette share it. The form shows why one is not started.
 */
export function useDeploy(project: number): {
  deploy(): void;
  starting: boolean;
  missing: string | null;
  /** It is rehearsed, and reviewed before it is sent. */
  reviewed: boolean;
} {
  const { request } = useRequest(project);
  const missing = request?.missing?.message ?? null;
  const starting = useIsMutating({ mutationKey: mutationKey(project) }) > 0;
  const [, navigate] = useLocation();
  const refuse = (problem: StartProblem) => {
    showStartProblem(project, problem);
    navigate(projectPath(project));
  };
  const { mutate } = useMutation({
    mutationKey: mutationKey(project),
    meta: { inPlace: true },
    mutationFn: async () => {
      clearStartProblem(project);
      const request = await readRequest(project);
      if (request?.missing) refuse(request.missing);
      else if (request && isReviewed(request)) {
        const review = await rehearseAsChosen(project, request);
        if (review) navigate(reviewPath(review.id));
      } else if (request) return deployAsChosen(project, request);
      return undefined;
    },
    onSuccess: (run) => run && showBegun(run),
    onError: (error) => refuse(startProblemOf(problemOf(error))),
  });
  const deploy = useCallback(() => {
    const already = queryClient.isMutating({ mutationKey: mutationKey(project) }) > 0;
    if (!already && connected()) mutate();
  }, [project, mutate]);
  return { deploy, starting, missing, reviewed: request !== null && isReviewed(request) };
}
