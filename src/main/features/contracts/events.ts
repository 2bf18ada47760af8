import type { Log } from '../../eth/inside/decode-event.ts';
import type { NamedEvent } from '../../eth/inside/named-event.ts';
import { RpcError } from '../../eth/rpc.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import type { ContractEvents, EventsInput } from './contract/events.ts';
import { type Topics, topicsOf } from './event-filter.ts';
import { type NamedEventsDependencies, namedEvents } from './named-events.ts';
import type { OpenContract } from './open-contract.ts';

/** Blocks that are asked about at once; public nodes allow few. */
const RANGE = { own: 20_000, remote: 1000 };
/** Of a chain that does not run each transaction is read. */
const STOPPED_RANGE = 200;
const LEAST_RANGE = 10;
/** Requests for one page. */
const MOST_REQUESTS = { own: 20, remote: 8 };

export interface RpcLog extends Log {
  blockNumber: string;
  transactionHash: string;
  logIndex: string;
}

/**
 * A page of what a contract has written, newest first, that ends with a whole block. It looks through
 * a bounded number of blocks, so that it may be empty though there are more. Rejects as `topicsOf`.
 */
export async function contractEvents(
  opened: OpenContract,
  input: EventsInput,
  addressOf: AddressOf,
  deps: NamedEventsDependencies,
): Promise<ContractEvents> {
  const { from, recorded } = opened;
  const topics = topicsOf(opened, input, addressOf);
  const newest = clampedInteger(await from.call<string>('eth_blockNumber'));
  const first = input.fromBlock ?? recorded?.blockNumber ?? 0;
  const last = Math.min(newest, input.toBlock ?? newest, input.before ?? newest);
  const { logs, next } = await logsDown(opened, topics, { first, last, limit: input.limit });
  const named = await namedEvents(opened, logs, deps);
  const events = logs.map(({ blockNumber, transactionHash }, i) => ({
    ...(named[i] as NamedEvent),
    ...{ blockNumber: clampedInteger(blockNumber), transactionHash },
  }));
  return { address: opened.address, events, next, stopped: from.isStopped };
}

async function logsDown(
  { from, address }: OpenContract,
  topics: Topics,
  { first, last, limit }: { first: number; last: number; limit: number },
): Promise<{ logs: RpcLog[]; next: number | null }> {
  let range = from.isStopped ? STOPPED_RANGE : from.isOwn ? RANGE.own : RANGE.remote;
  let left = from.isOwn ? MOST_REQUESTS.own : MOST_REQUESTS.remote;
  const logs: RpcLog[] = [];
  let at = last;
  while (at >= first && logs.length < limit && left > 0) {
    left -= 1;
    const lowest = Math.max(first, at - range + 1);
    try {
      const found = await from.call<RpcLog[]>('eth_getLogs', [
        { address, topics, fromBlock: hex(lowest), toBlock: hex(at) },
      ]);
      logs.push(...found.toSorted(newestFirst));
      at = lowest - 1;
    } catch (error) {
      // Nodes refuse ranges that are too long for them, each in words of its own.
      if (!(error instanceof RpcError) || error.unreachable || range <= LEAST_RANGE) throw error;
      range = Math.max(LEAST_RANGE, Math.floor(range / 8));
    }
  }
  const more = at >= first ? at : null;
  if (logs.length <= limit) return { logs, next: more };
  const end = Number(logs[limit - 1]?.blockNumber);
  const page = logs.filter(({ blockNumber }) => Number(blockNumber) >= end);
  return { logs: page, next: page.length < logs.length ? end - 1 : more };
}

const hex = (n: number): string => `0x${n.toString(16)}`;

const newestFirst = (a: RpcLog, b: RpcLog): number =>
  Number(b.blockNumber) - Number(a.blockNumber) || Number(b.logIndex) - Number(a.logIndex);
