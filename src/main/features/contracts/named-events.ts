import { codeFoundIn } from '../../eth/inside/created-codes.ts';
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

/** What stood at a contract, and ran behind it; undefined: as now. */
interface Stood {
  ran: readonly string[] | undefined;
  code: string | undefined;
}

/**
 * Events of one contract by what stood there and ran behind it then: as it was recorded, otherwise as
 * far as its network tells what it had at their blocks.
 */
export async function namedEvents(
  opened: OpenContract,
  logs: readonly MinedLog[],
  deps: NamedEventsDependencies,
): Promise<NamedEvent[]> {
  const { from, names, known, address } = opened;
  const code = from.isOwn ? await from.call<string>('eth_getCode', [address, 'latest']) : '0x';
  if (!known?.proxy && !from.isStopped && isStanding(opened, logs, code, deps)) {
    return Promise.all(logs.map((log) => namedEvent(log, names)));
  }
  const stood = from.isOwn ? await recordedAtLogs(opened, logs, code, deps) : new Map();
  const others = logs.filter((log) => !stood.has(keyOf(log)));
  const blocks = others.map(({ blockNumber }) => Number(blockNumber));
  const past = await namesAt(from, address, from.isStopped ? [] : blocks, deps);
  return Promise.all(
    logs.map((log) => {
      const { ran, code: found } = stood.get(keyOf(log)) ?? NOW;
      return namedEvent(log, past.get(Number(log.blockNumber)) ?? names, ran, found);
    }),
  );
}

const NOW: Stood = { ran: undefined, code: undefined };

/** Whether what stands there now stood there as the first of the logs was written, as far as that is known. */
function isStanding(
  { from, address }: OpenContract,
  logs: readonly MinedLog[],
  code: string,
  { recordedOf }: NamedEventsDependencies,
): boolean {
  const [first, ...others] = logs;
  if (!from.isOwn || !first) return true;
  const oldest = others.reduce(
    (least, log) => (Number(log.blockNumber) < Number(least.blockNumber) ? log : least),
    first,
  );
  const recorded = recordedOf(from.name, oldest.transactionHash);
  return (recorded ? (codeFoundIn(recorded, address) ?? code) : code) === code;
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
  code: string,
  { recordedOf }: NamedEventsDependencies,
): Promise<Map<string, Stood>> {
  const found = new Map<string, Stood>();
  for (const hash of new Set(logs.map(({ transactionHash }) => transactionHash))) {
    const recorded = recordedOf(from.name, hash);
    if (!recorded) continue;
    const written = recorded.receipt.logs ?? [];
    const ran = ranAtLogs(recorded.trace, written);
    const delegate = (await delegatesIn(recorded)).get(address.toLowerCase());
    const stood = delegate === undefined ? codeFoundIn(recorded, address) : undefined;
    const other = stood === code ? undefined : stood;
    for (const [i, { logIndex }] of written.entries()) {
      const at = delegate === undefined ? ran[i] : [delegate];
      if ((!at && other === undefined) || !logIndex) continue;
      found.set(keyOf({ transactionHash: hash, logIndex }), { ran: at, code: other });
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
