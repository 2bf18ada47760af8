import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { StartInput } from '#main/features/deployments/contract.ts';
import type { Choices, KindInfo } from '#main/shared/kind.ts';
import { api } from '../../../core/client.ts';
import { useKind } from '../../../core/queries/use-kinds.ts';
import { useProject } from '../../../core/queries/use-projects.ts';
import { readKind, readTarget, type Target, useTarget } from '../../../core/queries/use-target.ts';
import { queryClient } from '../../../core/query-client.ts';
import { type DeployDraft, draftOf, useDraft } from './deploy-draft.ts';
import { inputOf, type Missing, missingIn } from './request-input.ts';
import { type ShownInput, shownInputs } from './shown-inputs.ts';

const choicesQuery = (project: number) => api.projects.choices.queryOptions({ input: { project } });

/** The deploy form of a project. */
export interface DeployRequest {
  kind: KindInfo;
  target: Target;
  choices: Choices;
  shown: ShownInput[];
  /** Why Deploy is disabled. */
  missing: Missing | null;
  /** What Deploy sends; the core resolves omitted values. */
  start: StartInput;
}

function requestOf(
  project: number,
  kind: KindInfo,
  target: Target,
  choices: Choices,
  { values = {}, priority, replaceWaiting }: DeployDraft,
): DeployRequest {
  const shown = shownInputs(kind, choices, target.kind, values);
  return {
    kind,
    target,
    choices,
    shown,
    missing: missingIn(shown),
    start: {
      project,
      target: target.name,
      input: inputOf(shown),
      priority,
      replaceWaiting: replaceWaiting || undefined,
    },
  };
}

/** The current form; null while it is loading. */
export function useRequest(project: number): { request: DeployRequest | null; error: unknown } {
  const draft = useDraft(project);
  const target = useTarget(project);
  const kind = useKind(useProject(project).project?.kind);
  const { data: choices, error } = useQuery(choicesQuery(project));
  const request = useMemo(
    () => kind && target && choices && requestOf(project, kind, target, choices, draft),
    [project, kind, target, choices, draft],
  );
  return { request: request ?? null, error };
}

/**
 * The same at the time of an action, waiting for what is still loading. Rejects as loading does.
 */
export async function readRequest(project: number): Promise<DeployRequest | null> {
  const [kind, target, choices] = await Promise.all([
    readKind(project),
    readTarget(project),
    queryClient.ensureQueryData(choicesQuery(project)),
  ]);
  return kind && target && requestOf(project, kind, target, choices, draftOf(project));
}
