import type { Log } from '../../eth/inside/decode-event.ts';
import { type NamedEvent, namedEvent } from '../../eth/inside/named-event.ts';
import type { NetworkNames } from '../../eth/inside/network-names.ts';
import { delegatesIn, ranAtLogs } from '../../eth/inside/passed-on.ts';
import { pastNetwork } from '../../eth/inside/past-network.ts';
import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { OpenContract } from './open-contract.ts';

export interface NamedEventsDependencies {
  namesOn: (from: ReadNetwork) => NetworkNames;
  /** What was recorded of a transaction the last time that it was mined; null: nothing. */
  recordedOf: (network: string, hash: string) => RecordedTransaction | null;
}

interface MinedLog extends Log {
  blockNumber: string;
  transactionHash: string;
  logIndex: string;
}

/** What is behind a contract at a block. */
interface Looked {
  names: NetworkNames;
  key: string;
}

/**
 * Events of one contract by what ran behind it then: as it was recorded, otherwise as far as its
 * network tells what it had at their blocks.
 */
export async function namedEvents(
  opened: OpenContract,
  logs: readonly MinedLog[],
  deps: NamedEventsDependencies,
): Promise<NamedEvent[]> {
  const { from, names, known, address } = opened;
  if (!known?.proxy && !from.isStopped) {
    return Promise.all(logs.map((log) => namedEvent(log, names)));
  }
  const ran = from.isOwn ? await recordedAtLogs(opened, logs, deps) : new Map();
  const others = logs.filter((log) => !ran.has(keyOf(log)));
  const blocks = others.map(({ blockNumber }) => Number(blockNumber));
  const past = await namesAt(from, address, from.isStopped ? [] : blocks, deps);
  return Promise.all(
    logs.map((log) =>
      namedEvent(log, past.get(Number(log.blockNumber)) ?? names, ran.get(keyOf(log))),
    ),
  );
}

const keyOf = ({
  transactionHash,
  logIndex,
}: Pick<MinedLog, 'transactionHash' | 'logIndex'>): string =>
  `${transactionHash} ${BigInt(logIndex)}`;

/** What ran at a contract as it wrote logs, by `keyOf`, in transactions that were recorded. */
async function recordedAtLogs(
  { from, address }: OpenContract,
  logs: readonly MinedLog[],
  { recordedOf }: NamedEventsDependencies,
): Promise<Map<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const hash of new Set(logs.map(({ transactionHash }) => transactionHash))) {
    const recorded = recordedOf(from.name, hash);
    if (!recorded) continue;
    const written = recorded.receipt.logs ?? [];
    const ran = ranAtLogs(recorded.trace, written);
    const delegate = (await delegatesIn(recorded)).get(address.toLowerCase());
    for (const [i, { logIndex }] of written.entries()) {
      const at = delegate === undefined ? ran[i] : [delegate];
      if (at && logIndex) found.set(keyOf({ transactionHash: hash, logIndex }), at);
    }
  }
  return found;
}

/** Looks at no more blocks than it takes to find out between which the contract was upgraded. */
async function namesAt(
  from: ReadNetwork,
  address: string,
  asked: readonly number[],
  { namesOn }: NamedEventsDependencies,
): Promise<Map<number, NetworkNames>> {
  const blocks = [...new Set(asked)].sort((a, b) => a - b);
  const found = new Map<number, NetworkNames>();
  const look = async (index: number): Promise<Looked> => {
    const names = namesOn(pastNetwork(from, blocks[index] ?? 0));
    const known = await names.contractAt(address);
    return { names, key: JSON.stringify([known?.proxy, known?.artifact, known?.abi.length]) };
  };
  const fill = async (first: number, last: number, low: Looked, high: Looked): Promise<void> => {
    const middle = (first + last) >> 1;
    if (low.key !== high.key && middle > first) {
      const between = await look(middle);
      await fill(first, middle, low, between);
      await fill(middle, last, between, high);
      return;
    }
    for (const [i, block] of blocks.slice(first, last + 1).entries()) {
      found.set(block, first + i === last ? high.names : low.names);
    }
  };
  if (blocks.length > 0) {
    const last = blocks.length - 1;
    const low = await look(0);
    await fill(0, last, low, last === 0 ? low : await look(last));
  }
  return found;
}
