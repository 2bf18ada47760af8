import { namedEvent } from '../../eth/inside/named-event.ts';
import type { NetworkNames } from '../../eth/inside/network-names.ts';
import type { Reading, ReadNetwork } from '../../eth/network-reader.ts';
import type { RpcBlockHead } from '../../eth/rpc-shapes.ts';
import { Notifier } from '../../lib/notifier.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import { AppError } from '../../shared/errors.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import type { Change } from '../app/contract.ts';
import type { EventNews, FollowEventsInput } from './contract/events.ts';
import { type Topics, topicsOf } from './event-filter.ts';
import type { RpcLog } from './events.ts';
import type { WithContract } from './open-contract.ts';

export interface FollowDependencies {
  reading: Reading;
  namesOn: (from: ReadNetwork) => NetworkNames;
  withContract: WithContract;
  addressesOn: (network: string) => AddressOf;
  /** Called at once for every change. Returns how to stop. */
  listen: (listener: (change: Change) => void) => () => void;
}

/** Without news a chain is looked at so often, and a network of others. */
const LOOK_EVERY_MS = { own: 2000, remote: 5000 };
/** Blocks that are remembered, to find the last one that a chain still has. */
const MOST_REMEMBERED = 100;
const MOST_EVENTS_AT_ONCE = 500;
/** Of a chain that is being restarted. */
const AWAY = ['CHAIN_NOT_RUNNING', 'RPC_UNREACHABLE'];

interface BlockAt {
  number: number;
  hash: string;
}

/** What is asked for. */
interface Followed {
  address: string;
  topics: Topics;
  isOwn: boolean;
}

/**
 * New events of a contract, as blocks come, and which blocks were taken back. Begins with where it
 * stands. Ends with the signal. Rejects as `topicsOf` and `withContract` do, at first; later a
 * network that is away is waited for.
 */
export async function* followEvents(
  deps: FollowDependencies,
  input: FollowEventsInput,
  signal?: AbortSignal,
): AsyncGenerator<EventNews, void> {
  const { network } = input;
  const notifier = new Notifier<'news'>();
  const stop = deps.listen(({ topic, key }) => {
    if (topic === 'chains' && (key ?? network) === network) notifier.notify('news');
  });
  try {
    const { followed, head } = await deps.withContract(input, async (opened) => ({
      followed: {
        address: opened.address,
        topics: topicsOf(opened, input, deps.addressesOn(network)),
        isOwn: opened.from.isOwn,
      },
      head: blockAt(await headAt(opened.from, 'latest')),
    }));
    const blocks = [head];
    yield { events: [], gone: null, upTo: head.number };
    for (;;) {
      const news = notifier.next(
        ...(['news', signal, LOOK_EVERY_MS[followed.isOwn ? 'own' : 'remote']] as const),
      );
      for (const one of await newsSince(deps, network, followed, blocks)) {
        if (signal?.aborted) return;
        yield one;
      }
      await news;
      if (signal?.aborted) return;
    }
  } finally {
    stop();
  }
}

/** @param blocks that were read, the newest last; what is read now is added to them */
async function newsSince(
  deps: FollowDependencies,
  network: string,
  followed: Followed,
  blocks: BlockAt[],
): Promise<EventNews[]> {
  try {
    return await deps.reading(network, async (from) => {
      const head = blockAt(await headAt(from, 'latest'));
      const last = blocks.at(-1);
      if (head.hash === last?.hash) return [];
      const gone = await dropGone(from, blocks, head);
      const logs = await logsAfter(from, followed, blocks.at(-1)?.number ?? -1, head.number);
      // What was read of a block that is taken back meanwhile is read again.
      if ((await headAt(from, hex(head.number)))?.hash !== head.hash) {
        return gone === null ? [] : [{ events: [], gone, upTo: gone - 1 }];
      }
      blocks.push(head);
      blocks.splice(0, blocks.length - MOST_REMEMBERED);
      return decoded(deps.namesOn(from), logs, { gone, upTo: head.number });
    });
  } catch (error) {
    if (error instanceof AppError && AWAY.includes(error.code)) return [];
    throw error;
  }
}

/** Returns the first block that was read and is there no more; null: all are. */
async function dropGone(
  from: ReadNetwork,
  blocks: BlockAt[],
  head: BlockAt,
): Promise<number | null> {
  let gone: number | null = null;
  for (let last = blocks.at(-1); last; last = blocks.at(-1)) {
    const there = last.number > head.number ? null : await headAt(from, hex(last.number));
    if (there?.hash === last.hash) return gone === null ? null : last.number + 1;
    gone = last.number;
    blocks.pop();
  }
  return 0;
}

async function logsAfter(
  { call }: ReadNetwork,
  { address, topics }: Followed,
  number: number,
  last: number,
): Promise<RpcLog[]> {
  if (number >= last) return [];
  const range = { fromBlock: hex(number + 1), toBlock: hex(last) };
  return call<RpcLog[]>('eth_getLogs', [{ address, topics, ...range }]);
}

async function decoded(
  names: NetworkNames,
  logs: readonly RpcLog[],
  { gone, upTo }: { gone: number | null; upTo: number },
): Promise<EventNews[]> {
  const news: EventNews[] = [];
  for (let at = 0; at < logs.length; at += MOST_EVENTS_AT_ONCE) {
    const events = await Promise.all(
      logs.slice(at, at + MOST_EVENTS_AT_ONCE).map(async (log) => ({
        ...(await namedEvent(log, names)),
        blockNumber: clampedInteger(log.blockNumber),
        transactionHash: log.transactionHash,
      })),
    );
    news.push({ events, gone: at === 0 ? gone : null, upTo });
  }
  return news.length > 0 ? news : [{ events: [], gone, upTo }];
}

const headAt = ({ call }: ReadNetwork, number: string): Promise<RpcBlockHead | null> =>
  call<RpcBlockHead | null>('eth_getBlockByNumber', [number, false]);

const blockAt = (head: RpcBlockHead | null): BlockAt => ({
  number: clampedInteger(head?.number ?? -1),
  hash: head?.hash ?? '',
});

const hex = (n: number): string => `0x${n.toString(16)}`;
