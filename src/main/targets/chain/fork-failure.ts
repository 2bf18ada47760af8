import { upstreamFailure, upstreamWords } from '../../eth/upstream-failure.ts';
import type { Failure } from '../../shared/run.ts';
import type { NetworkName } from './chain-target.ts';

/** Why a run failed on a fork that could not read from its upstream; null: for something else. */
export function forkFailure({ name, origin = null }: NetworkName, said: string): Failure | null {
  const failure = origin && upstreamFailure(said);
  if (!origin || !failure) return null;
  const { problem, remedy, fix } = upstreamWords(name, origin, failure);
  return {
    code: 'RPC_UNREACHABLE',
    message: `${name} needs what it has not read of its upstream yet. ${problem}. ${remedy}, then deploy again.`,
    fix,
  };
}
