import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { KeptDefaults } from '#main/features/deploy-defaults/contract.ts';
import type { StartInput } from '#main/features/deployments/contract.ts';
import { EVERY_TARGET, layeredDefaults } from '#main/shared/kept-defaults.ts';
import type { Choices, KindInfo } from '#main/shared/kind.ts';
import { api } from '../../../core/client.ts';
import { useKind } from '../../../core/queries/use-kinds.ts';
import { useProject } from '../../../core/queries/use-projects.ts';
import { readKind, readTarget, type Target, useTarget } from '../../../core/queries/use-target.ts';
import { queryClient } from '../../../core/query-client.ts';
import { type DeployDraft, draftOf, useDraft } from './deploy-draft.ts';
import { inputOf, type Missing, missingIn } from './request-input.ts';
import { type ShownInput, shownInputs } from './shown-inputs.ts';

export const choicesQuery = (project: number) =>
  api.projects.choices.queryOptions({ input: { project } });

const keptQuery = (project: number) => api.deployDefaults.list.queryOptions({ input: { project } });

/** The deploy form of a project. */
export interface DeployRequest {
  kind: KindInfo;
  target: Target;
  choices: Choices;
  /** What is kept for the target, of its own and for every target. */
  kept: Record<string, unknown>;
  /** What is kept for the target alone, and for every target. */
  isKept: { own: boolean; every: boolean };
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
  all: readonly KeptDefaults[],
  { values, typed, priority, replaceWaiting, retryOf }: DeployDraft,
): DeployRequest {
  // The request of an earlier run is shown as it was.
  const keptFor = (name: string) => all.find((one) => one.target === name)?.input;
  const [own, every] = [keptFor(target.name), keptFor(EVERY_TARGET)];
  const layered = retryOf ? {} : layeredDefaults(kind.inputs, own ?? {}, every ?? {});
  const kept = Object.fromEntries(Object.entries(layered).filter(([, value]) => value !== null));
  const shown = shownInputs(kind, choices, target.kind, {
    ...{ values, kept, typed: typed?.[target.name] },
  });
  return {
    kind,
    target,
    choices,
    kept,
    isKept: { own: own !== undefined, every: every !== undefined },
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
  const { data: kept, error: unread } = useQuery(keptQuery(project));
  const request = useMemo(
    () =>
      kind && target && choices && kept && requestOf(project, kind, target, choices, kept, draft),
    [project, kind, target, choices, kept, draft],
  );
  return { request: request ?? null, error: error ?? unread };
}

/**
 * The same at the time of an action, waiting for what is still loading. Rejects as loading does.
 */
export async function readRequest(project: number): Promise<DeployRequest | null> {
  const [kind, target, choices, kept] = await Promise.all([
    readKind(project),
    readTarget(project),
    queryClient.ensureQueryData(choicesQuery(project)),
    queryClient.ensureQueryData(keptQuery(project)),
  ]);
  return kind && target && requestOf(project, kind, target, choices, kept, draftOf(project));
}
