import { useQuery } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { isFinal } from '#main/shared/final.ts';
import { emptyRun, type RunState } from '#main/shared/run-state.ts';
import { api } from '../../../core/client.ts';
import { RunFollower } from './run-follower.ts';

const followers = new Map<number, RunFollower>();
const kept = 12;

/**
 * The follower of a run; the latest few are kept, so that returning to one shows it immediately.
 */
function followerOf(
  detail: Pick<DeploymentDetail, 'id' | 'status' | 'lastSeq' | 'phases'>,
): RunFollower {
  const known = followers.get(detail.id);
  if (known) {
    followers.delete(detail.id);
    followers.set(detail.id, known);
    return known;
  }
  // Of a long run that has ended, the terminal can only hold the end.
  const after = isFinal(detail.status) ? Math.max(0, detail.lastSeq - 60_000) : 0;
  const follower = new RunFollower(
    detail.id,
    detail.phases.map((phase) => phase.id),
    after,
  );
  followers.set(detail.id, follower);
  if (followers.size > kept) {
    const oldest = followers.keys().next().value;
    if (oldest !== undefined) followers.delete(oldest);
  }
  return follower;
}

const nothing = () => () => undefined;
const unknown = emptyRun([]);

/** Follows a run's journal while mounted; `null` until the run is known. */
export function useFollower(id: number): RunFollower | null {
  const detail = useQuery(api.deployments.get.queryOptions({ input: { id } }));
  const follower = detail.data ? followerOf(detail.data) : null;
  useEffect(() => follower?.read(), [follower]);
  return follower;
}

/** A run as far as it is known: the record, updated with later events of the journal. */
export function useRun(id: number): { run: DeploymentDetail | null; error: Error | null } {
  const detail = useQuery(api.deployments.get.queryOptions({ input: { id } }));
  const follower = useFollower(id);
  const live: RunState = useSyncExternalStore(
    follower?.subscribe ?? nothing,
    follower?.getState ?? (() => unknown),
  );
  const record = detail.data ?? null;
  if (!record || live.lastSeq <= record.lastSeq || isFinal(record.status)) {
    return { run: record, error: record ? null : detail.error };
  }
  return {
    run: {
      ...record,
      status: live.status ?? record.status,
      failure: live.failure ?? record.failure,
      phases: live.phases,
      result: live.result ?? record.result,
      warnings: live.warnings.length > 0 ? live.warnings : record.warnings,
    },
    error: null,
  };
}
