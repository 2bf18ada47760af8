import type { Workspace } from '../../engines/engine.ts';
import { checkedReplies } from '../../eth/checked-replies.ts';
import { type Rpc, rpc } from '../../eth/rpc.ts';
import { messageOf } from '../../shared/errors.ts';
import { safeInteger } from '../../shared/safe-integer.ts';
import { type Creation, tracedCreations } from './creations.ts';
import { recordingProxy } from './recording-proxy.ts';
import type { Landed, RpcLog, RpcReceipt, RpcTransaction } from './rpc-shapes.ts';
import { temporaryNode } from './temporary-node.ts';

/** Transactions of one run; each can need a fork of its own. */
const MOST_TRANSACTIONS = 50;
/** Transactions of a block up to a run's: each reads state from the network. */
const MOST_IN_BLOCK = 100;
/** All in all. */
const MOST_MS = 60_000;

/** What transactions created, by hash, as far as it can be found. Never rejects. */
export type Replay = (landed: readonly Landed[]) => Promise<Map<string, Creation[]>>;

export interface ReplayOptions {
  /** The network, which traces nothing. */
  url: string;
  chainId: number;
  /** On this machine. */
  workspace: Workspace;
  folder: string;
  /** Marks the fork's process. */
  job: string;
  signal: AbortSignal;
  note(line: string): void;
}

/** A block with its transactions. */
interface RpcBlock {
  timestamp: string;
  miner: string;
  gasLimit: string;
  baseFeePerGas?: string;
  transactions: BlockTransaction[];
}

interface BlockTransaction extends RpcTransaction {
  type?: string;
  gas: string;
  gasPrice?: string;
  maxFeePerGas?: string;
  maxPriorityFeePerGas?: string;
  accessList?: unknown;
  authorizationList?: unknown;
}

/** The first types that are not Ethereum's: what a network itself does at the start of a block. */
const LAST_TYPE = 4;
const DYNAMIC_FEE = 2;

/**
 * Replays transactions on a temporary fork of their network, and traces them there. Each block is
 * forked at its parent and begins with the transactions of others that came before those of the
 * run, because a creation's address can depend on them. A replay counts only if it has the status,
 * the contract and the logs of the network's receipt, and a creation only if the network has that
 * code at that address.
 */
export async function replay(
  landed: readonly Landed[],
  options: ReplayOptions,
): Promise<Map<string, Creation[]>> {
  const { url, note, signal } = options;
  // A cancelled run has no use for its result.
  if (signal.aborted) return new Map();
  note(
    'The network gives no traces: what was sent is replayed on a temporary fork, to find all that it created.',
  );
  const found = new Map<string, Creation[]>();
  const problem = await replayInto(found, landed, options).catch(messageOf);
  if (found.size < landed.length) {
    note(
      `${found.size === 0 ? 'It' : `${landed.length - found.size} of ${landed.length} transactions`} could not be replayed${problem ? `: ${problem}` : ''}. Contracts that others created there could not be looked for.`,
    );
  }
  return confirmed(checkedReplies(rpc(url)), found).catch(() => new Map());
}

/** Returns why some are missing. */
async function replayInto(
  found: Map<string, Creation[]>,
  landed: readonly Landed[],
  options: ReplayOptions,
): Promise<string | null> {
  // The node gets an address that ends with the replay: its command line is no secret.
  await using upstream = await recordingProxy({
    ...{ upstream: options.url, onSent: () => undefined },
  });
  await using node = await temporaryNode({ ...options, withinMs: MOST_MS });
  const nodes = {
    network: checkedReplies(rpc(options.url)),
    fork: rpc(node.url, MOST_MS),
    upstream: upstream.url,
  };
  let problem: string | null = null;
  for (const [number, ours] of blocksOf(landed.slice(0, MOST_TRANSACTIONS))) {
    problem = (await replayBlock(found, number, ours, nodes).catch(messageOf)) ?? problem;
  }
  return landed.length > MOST_TRANSACTIONS ? `there are more than ${MOST_TRANSACTIONS}` : problem;
}

/** Returns why some of them are missing. */
async function replayBlock(
  found: Map<string, Creation[]>,
  number: string,
  ours: readonly Landed[],
  { network, fork, upstream }: { network: Rpc; fork: Rpc; upstream: string },
): Promise<string | null> {
  const block = await network<RpcBlock | null>('eth_getBlockByNumber', [number, true]);
  if (!block) return `the network has no block ${Number(number)}`;
  const sent = upTo(block, ours);
  if (sent.length > MOST_IN_BLOCK) {
    return `more than ${MOST_IN_BLOCK} transactions come before it in block ${Number(number)}`;
  }
  const forking = { jsonRpcUrl: upstream, blockNumber: Number(number) - 1 };
  await fork('anvil_reset', [{ forking }]);
  const hashes = await mined(fork, block, sent);
  let problem: string | null = null;
  for (const { hash, receipt } of ours) {
    const there = hashes.get(hash);
    const creations = there && (await creationsAs(fork, there, receipt));
    if (creations) found.set(hash, creations);
    else problem = 'it went another way there than on the network';
  }
  return problem;
}

/** By the block that they are in, oldest first. */
function blocksOf(landed: readonly Landed[]): [string, Landed[]][] {
  const blocks = Map.groupBy(landed, ({ receipt }) => receipt.blockNumber);
  return [...blocks].sort(([a], [b]) => Number(a) - Number(b));
}

/** The transactions of a block up to the last of the run. */
function upTo({ transactions }: RpcBlock, ours: readonly Landed[]): BlockTransaction[] {
  const hashes = new Set(ours.map(({ hash }) => hash));
  const last = transactions.findLastIndex(({ hash }) => hashes.has(hash));
  return transactions.slice(0, last + 1);
}

/**
 * Mines a block like that of the network. Returns the hashes there, by those of the network.
 * Rejects when a transaction of a type that Ethereum has is not in it.
 */
async function mined(
  fork: Rpc,
  block: RpcBlock,
  transactions: readonly BlockTransaction[],
): Promise<Map<string, string>> {
  await fork('anvil_autoImpersonateAccount', [true]);
  await fork('evm_setNextBlockTimestamp', [block.timestamp]);
  await fork('anvil_setCoinbase', [block.miner]);
  await fork('evm_setBlockGasLimit', [block.gasLimit]);
  if (block.baseFeePerGas) {
    await fork('anvil_setNextBlockBaseFeePerGas', [block.baseFeePerGas]);
  }
  const hashes = new Map<string, string>();
  // One after the other: they are mined in the order of their arrival.
  for (const one of transactions) {
    if (typeOf(one) > LAST_TYPE) continue;
    hashes.set(one.hash, await fork<string>('eth_sendTransaction', [asSent(one)]));
  }
  await fork('evm_mine');
  const made = await fork<{ transactions: string[] }>('eth_getBlockByNumber', ['latest', false]);
  if (made.transactions.length === hashes.size) return hashes;
  throw new Error('not all that came before it could be repeated');
}

const typeOf = ({ type }: BlockTransaction): number => safeInteger(type ?? '0x0') ?? LAST_TYPE + 1;

/** What it says, without its signature; its blobs are only seen by who asks for their hashes. */
function asSent(transaction: BlockTransaction): Record<string, unknown> {
  const { from, to, nonce, value, input, gas, accessList, authorizationList } = transaction;
  const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = transaction;
  const fees =
    typeOf(transaction) >= DYNAMIC_FEE ? { maxFeePerGas, maxPriorityFeePerGas } : { gasPrice };
  return { from, to, nonce, value, input, gas, ...fees, accessList, authorizationList };
}

/** What a transaction created on the fork; null: it did not do there what it did on the network. */
async function creationsAs(
  fork: Rpc,
  hash: string,
  receipt: RpcReceipt,
): Promise<Creation[] | null> {
  const there = await fork<RpcReceipt | null>('eth_getTransactionReceipt', [hash]);
  if (there === null || outcomeOf(there) !== outcomeOf(receipt)) return null;
  return tracedCreations(fork, hash);
}

/** Equal where the same happened; gas is left out, because some networks count more than others. */
const outcomeOf = ({ status, contractAddress, logs = [] }: RpcReceipt): string =>
  JSON.stringify([status, contractAddress, logs.map(logOf)]).toLowerCase();

const logOf = ({ address, topics, data }: RpcLog) => [address, topics, data];

/** Without what the network doesn't have; what a transaction created itself is in its receipt. */
async function confirmed(
  network: Rpc,
  found: ReadonlyMap<string, Creation[]>,
): Promise<Map<string, Creation[]>> {
  const codeAt = (address: string) => network<string>('eth_getCode', [address, 'latest']);
  const all = [...found].map(async ([hash, creations]): Promise<[string, Creation[]]> => {
    const codes = await Promise.all(creations.map(({ address }) => codeAt(address)));
    return [
      hash,
      creations.filter(({ nested, runtimeCode }, i) => !nested || codes[i] === runtimeCode),
    ];
  });
  return new Map(await Promise.all(all));
}
