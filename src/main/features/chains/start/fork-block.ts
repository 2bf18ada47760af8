import { type Rpc, RpcError, rpc } from '../../../eth/rpc.ts';
import type { OriginOf } from '../../../eth/upstream-failure.ts';
import { AppError } from '../../../shared/errors.ts';
import type { ChainNetwork } from '../context.ts';
import type { ForkPoint } from '../contract.ts';
import { checkUpstream, type Upstream } from './upstream.ts';

interface Block {
  number: number;
  /** Unix time, s. */
  time: number;
}

const ANSWER_MS = 10_000;

const callsOf = ({ url, headers }: Pick<Upstream, 'url' | 'headers'>): Rpc =>
  rpc(url, ANSWER_MS, { headers });

const refused = (message: string): AppError =>
  new AppError('BAD_INPUT', message, { field: 'forkBlock' });

/**
 * The number of the block that a fork is to begin at. Rejects with BAD_INPUT, RPC_UNREACHABLE,
 * CHAIN_ID_MISMATCH.
 */
export async function forkBlockOf(
  network: ChainNetwork,
  asked: ForkPoint,
  originOf: OriginOf,
): Promise<number> {
  if (network.kind !== 'fork') {
    throw refused(`${network.name} forks nothing: only a fork begins at a block of another chain.`);
  }
  const { newest, ...upstream } = await checkUpstream(network, originOf);
  if (asked === 'latest') return newest;
  if (typeof asked === 'string') return blockBy(callsOf(upstream), newest, asked);
  const number = asked < 0 ? newest + asked : asked;
  if (number >= 0 && number <= newest) return number;
  throw refused(
    `The newest block of what ${network.name} forks is ${newest}. Give one from 0 to ${newest}, or at most ${newest} blocks behind it.`,
  );
}

/** How far a fork is behind the chain that it forks, asked just now. Rejects as `forkBlockOf`. */
export async function upstreamOf(
  network: ChainNetwork,
  forkBlock: number | null,
  originOf: OriginOf,
): Promise<{ newest: number; newestTime: number; behind: number | null }> {
  if (network.kind !== 'fork') {
    throw new AppError('BAD_INPUT', `${network.name} forks nothing.`, { field: 'chain' });
  }
  const { newest, ...upstream } = await checkUpstream(network, originOf);
  const { time } = await blockOf(callsOf(upstream), newest);
  return {
    ...{ newest, newestTime: time },
    behind: forkBlock === null ? null : Math.max(0, newest - forkBlock),
  };
}

/** The last block that was made up to a time: about twenty are looked at of twenty million. */
async function blockBy(call: Rpc, newest: number, asked: string): Promise<number> {
  const time = Date.parse(asked) / 1000;
  let late = await blockOf(call, newest);
  if (time >= late.time) {
    if (time * 1000 <= Date.now()) return newest;
    throw refused(`${asked} is in the future: its newest block is of ${iso(late)}.`);
  }
  let early = await blockOf(call, 0);
  if (time < early.time) {
    throw refused(`Its first block is of ${iso(early)}. Give a later time than ${asked}.`);
  }
  for (let step = 0; late.number - early.number > 1; step++) {
    const span = late.number - early.number;
    // Blocks come about evenly; where they don't, halving ends the search all the same.
    const share = step % 2 === 0 ? (time - early.time) / (late.time - early.time) : 0.5;
    const guess = Math.min(Math.max(Math.round(span * share), 1), span - 1);
    const block = await blockOf(call, early.number + guess);
    if (block.time <= time) early = block;
    else late = block;
  }
  return early.number;
}

const iso = ({ time }: Block): string => new Date(time * 1000).toISOString();

async function blockOf(call: Rpc, number: number): Promise<Block> {
  const found = await call<{ timestamp: string } | null>('eth_getBlockByNumber', [
    `0x${number.toString(16)}`,
    false,
  ]).catch((error: unknown) => {
    throw error instanceof RpcError ? notTold(number, error.message) : error;
  });
  if (!found) throw notTold(number, 'it has none of that number');
  return { number, time: Number(found.timestamp) };
}

const notTold = (number: number, reason: string): AppError =>
  new AppError(
    'RPC_UNREACHABLE',
    `The RPC that is forked does not tell its block ${number}: ${reason}. Give a block by its number, or use an RPC with the whole history.`,
  );
