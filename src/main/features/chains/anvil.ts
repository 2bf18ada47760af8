import { type Rpc, rpc } from '../../eth/rpc.ts';
import { type Mining, ON_DEMAND } from '../../shared/mining.ts';
import { clampedInteger, safeInteger } from '../../shared/safe-integer.ts';
import type { ChainFolder } from './folder.ts';
import { miningArgs } from './mining.ts';

/** The environment variable through which a fork's address reaches anvil: it may hold a key. */
export const FORK_URL_VARIABLE = 'DRYDOCK_FORK_URL';
const FORK_ENDPOINT = 'upstream';

/** Seconds between two saves of the state; so much is lost at most when anvil is killed. */
export const SAVE_INTERVAL_S = 5;

/** The state that `dumpOf` returns is larger than any other response of a node. */
export const STATE_BYTES = 512 * 1024 * 1024;

/** Read by anvil in its working folder: lets `--fork-url` name an address without showing it. */
export const foundryToml = `[profile.default]\n\n[rpc_endpoints]\n${FORK_ENDPOINT} = "\${${FORK_URL_VARIABLE}}"\n`;

export interface AnvilOptions {
  /** The address that it listens on. */
  host?: string;
  port: number;
  /** The gateway is before it, and tells pages what they may call: anvil itself allows none. */
  isBehind?: boolean;
  chainId: number;
  folder: ChainFolder;
  fork: { block: number | null } | null;
  /** Bytes. Twice as many are taken for the code that creates a contract. */
  codeSizeLimit: number | null;
  /** null: as anvil does. */
  hardfork?: string | null;
  /** How many development accounts anvil makes itself; null: as it does. */
  accounts?: number | null;
  /** Of each of them, ether; null: as anvil does. */
  balance?: number | null;
  /** On demand if left out. */
  mining?: Mining;
}

/** Source of the flags: `anvil --help` of 1.7. */
export function anvilArgs({
  host = '127.0.0.1',
  port,
  isBehind = false,
  chainId,
  folder,
  fork,
  codeSizeLimit,
  hardfork = null,
  accounts = null,
  balance = null,
  mining = ON_DEMAND,
}: AnvilOptions): string[] {
  const args = [
    ...['--host', host, '--port', `${port}`, '--chain-id', `${chainId}`],
    ...['--state', folder.state, '--state-interval', `${SAVE_INTERVAL_S}`],
    ...['--cache-path', folder.cache, '--no-request-size-limit'],
  ];
  if (isBehind) args.push('--no-cors');
  if (fork) args.push('--fork-url', FORK_ENDPOINT);
  if (fork && fork.block !== null) args.push('--fork-block-number', `${fork.block}`);
  if (codeSizeLimit !== null) args.push('--code-size-limit', `${codeSizeLimit}`);
  if (hardfork !== null) args.push('--hardfork', hardfork);
  if (accounts !== null) args.push('--accounts', `${accounts}`);
  if (balance !== null) args.push('--balance', `${balance}`);
  args.push(...miningArgs(mining));
  return args;
}

/** `anvil_metadata`, as far as we use it. */
export interface Metadata {
  chainId: number;
  /** Made up at each start of a chain. */
  instanceId: string;
  /** A fork's may be beyond what can be counted exactly; it is clamped. */
  latestBlockNumber: number;
  latestBlockHash: string;
  forkedNetwork: { forkBlockNumber: number } | null;
  /** EVM snapshot id → [block number, block hash]. */
  snapshots: Record<string, [number, string]>;
}

export async function metadata(call: Rpc): Promise<Metadata> {
  const found = await call<Metadata>('anvil_metadata');
  const { forkedNetwork: fork, snapshots } = found;
  return {
    ...found,
    latestBlockNumber: clampedInteger(found.latestBlockNumber),
    forkedNetwork: fork && { forkBlockNumber: clampedInteger(fork.forkBlockNumber) },
    snapshots: Object.fromEntries(
      Object.entries(snapshots).map(([id, [number, hash]]) => [id, [clampedInteger(number), hash]]),
    ),
  };
}

/**
 * Takes an EVM snapshot, right after `before` when that is given. Returns the block that it
 * holds as the chain itself notes it. One request, unless the node turns its parts round.
 */
export async function evmSnapshot<T>(
  url: string,
  before?: (call: Rpc) => Promise<T>,
): Promise<{
  before: T | undefined;
  evmId: string;
  instance: string;
  blockNumber: number;
  blockHash: string;
}> {
  const call = rpc(url, undefined, { batch: true, maxBytes: STATE_BYTES });
  let [done, evmId, meta] = await Promise.all([
    before?.(call),
    call<string>('evm_snapshot'),
    metadata(call),
  ]);
  if (!(evmId in meta.snapshots)) meta = await metadata(call);
  if (!(evmId in meta.snapshots)) {
    evmId = await call<string>('evm_snapshot');
    meta = await metadata(call);
  }
  const [blockNumber, blockHash] = meta.snapshots[evmId] as [number, string];
  return { before: done, evmId, instance: meta.instanceId, blockNumber, blockHash };
}

/** Whether no block has been made since a snapshot, and none is about to be. */
export async function isStill(
  call: Rpc,
  snapshot: { blockHash: string; evmInstance: string | null },
): Promise<boolean> {
  const [{ instanceId, latestBlockHash }, pool] = await Promise.all([
    metadata(call),
    call<{ pending: string; queued: string }>('txpool_status'),
  ]);
  const isEmpty = Number(pool.pending) === 0 && Number(pool.queued) === 0;
  const isSame = instanceId === snapshot.evmInstance && latestBlockHash === snapshot.blockHash;
  return isEmpty && isSame;
}

/** Returns the chain's whole state, as `stateOfDump` reads it. */
export const DUMP_METHOD = 'anvil_dumpState';

/** The chain's whole state, as `stateOfDump` reads it. A rejection is heard wherever it's awaited. */
export function dumpOf(call: Rpc): Promise<string> {
  const dump = call<string>(DUMP_METHOD);
  dump.catch(() => undefined);
  return dump;
}

interface RpcBlock {
  hash: string;
  parentHash: string;
  number: string;
  timestamp: string;
  baseFeePerGas?: string;
}

/** A block as it is shown. What is beyond 2^53 is null, `clock` apart. */
export interface LatestBlock {
  number: number | null;
  hash: string;
  parentHash: string;
  /** s */
  time: number | null;
  /** As the chain says it, s. */
  clock: bigint;
  /** wei */
  baseFee: string | null;
}

export async function latestBlock(call: Rpc): Promise<LatestBlock> {
  const block = await call<RpcBlock>('eth_getBlockByNumber', ['latest', false]);
  return {
    number: safeInteger(block.number),
    hash: block.hash,
    parentHash: block.parentHash,
    time: safeInteger(block.timestamp),
    clock: BigInt(block.timestamp),
    baseFee: block.baseFeePerGas ? BigInt(block.baseFeePerGas).toString() : null,
  };
}

/** Hash and clock (s) of a block; null when the chain has none of that number. */
export async function blockAt(
  call: Rpc,
  number: number,
): Promise<{ hash: string; clock: bigint } | null> {
  const block = await call<RpcBlock | null>('eth_getBlockByNumber', [
    `0x${number.toString(16)}`,
    false,
  ]);
  return block && { hash: block.hash, clock: BigInt(block.timestamp) };
}

/**
 * After a revert, anvil's clock goes on from the time of the block. Sets it to the real time again,
 * unless the block was made in a future that the clock had been moved to.
 *
 * @param blockClock of the latest block (s), if it's known
 */
export async function catchUp(call: Rpc, blockClock?: bigint): Promise<void> {
  const clock = blockClock ?? (await latestBlock(call)).clock;
  const now = Math.floor(Date.now() / 1000);
  if (clock <= now) await call('evm_setTime', [now]);
}
