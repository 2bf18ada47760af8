import { useQuery } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { api } from '../../client.ts';
import { isFinal } from './final-status.ts';
import { RunFollower } from './run-follower.ts';
import { emptyRun, type RunState } from './run-state.ts';

const followers = new Map<number, RunFollower>();
const kept = 12;

/** The follower of a run; the latest few are kept, so that going back to one shows it at once. */
function followerOf(detail: Pick<DeploymentDetail, 'id' | 'status' | 'lastSeq'>): RunFollower {
  const known = followers.get(detail.id);
  if (known) {
    followers.delete(detail.id);
    followers.set(detail.id, known);
    return known;
  }
  // Of a long run that is over, the terminal can hold the end only.
  const after = isFinal(detail.status) ? Math.max(0, detail.lastSeq - 60_000) : 0;
  const follower = new RunFollower(detail.id, after);
  followers.set(detail.id, follower);
  if (followers.size > kept) {
    const oldest = followers.keys().next().value;
    if (oldest !== undefined) followers.delete(oldest);
  }
  return follower;
}

const nothing = () => () => undefined;

/** Follows a run's journal while mounted; `null` until the run is known. */
export function useFollower(id: number): RunFollower | null {
  const detail = useQuery(api.deployments.get.queryOptions({ input: { id } }));
  const follower = detail.data ? followerOf(detail.data) : null;
  useEffect(() => follower?.read(), [follower]);
  return follower;
}

/**
 * A run as far as it is known: the record, and over it what the journal says beyond the record.
 */
export function useRun(id: number): { run: DeploymentDetail | null; error: Error | null } {
  const detail = useQuery(api.deployments.get.queryOptions({ input: { id } }));
  const follower = useFollower(id);
  const live: RunState = useSyncExternalStore(
    follower?.subscribe ?? nothing,
    follower?.getState ?? (() => emptyRun),
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
      transactions: live.transactions.length > 0 ? live.transactions : record.transactions,
      warnings: live.warnings.length > 0 ? live.warnings : record.warnings,
    },
    error: null,
  };
}
