import { RpcError } from '../../eth/rpc.ts';
import { AppError } from '../../shared/errors.ts';

/**
 * The error of a request that named a block, as BAD_INPUT with what to choose instead; others as
 * they are.
 *
 * @param newest number of the newest block
 */
export function unreadableAt(
  network: string,
  block: number,
  newest: number,
  error: unknown,
): unknown {
  if (!(error instanceof RpcError) || error.unreachable) return error;
  const message =
    block > newest
      ? `${network} is at block ${newest}: there is no block ${block} yet. Choose an earlier one, or none for the newest.`
      : `${network} does not have the state of block ${block} any more (${error.message}). A chain of yours keeps it from its last start on, other nodes often for the last 128 blocks. Choose a later block, or none for the newest.`;
  return new AppError('BAD_INPUT', message, { field: 'block' });
}
