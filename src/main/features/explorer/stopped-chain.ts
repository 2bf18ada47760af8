import { toFunctionSelector } from 'viem';
import type { IndexedBlock, IndexedHead } from '../../eth/inside/indexed-chain.ts';
import { ASK_BEACON } from '../../eth/inside/proxy.ts';
import { absentNetwork, recordedNetwork } from '../../eth/inside/recorded-network.ts';
import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { notRecorded } from '../../eth/not-running.ts';
import type { RpcBlockHead } from '../../eth/rpc-shapes.ts';
import type { ChainIndex } from './chain-index.ts';
import type { RecordedOf } from './found-transaction.ts';
import { type LogsAsked, RecordedContracts } from './recorded-contracts.ts';

const ASK_FACETS = toFunctionSelector('facets()');

type RecordedHead = RecordedTransaction['block'];

export interface StoppedChains {
  index: ChainIndex;
  recordedOf: RecordedOf;
  /** Of a block in which transactions were recorded, by its hash; null: none were. */
  recordedHead: (chain: string, block: string) => RecordedHead | null;
  chainIdOf: (chain: string) => number;
}

/**
 * A chain that does not run, as it was seen last: its blocks and transactions, and the code of what
 * they created. Rejects with CHAIN_NOT_RUNNING for what it has but was not recorded, and with RpcError
 * for everything else.
 *
 * @returns null: nothing of it is known
 */
export function stoppedChain(deps: StoppedChains, name: string): ReadNetwork | null {
  const head = deps.index.head(name);
  if (!head) return null;
  const chain = new StoppedChain(deps, name, head);
  const contracts = new RecordedContracts(deps, name, head);
  const absent = absentNetwork(name, 'the chain is not running, start it first');
  const answers: Record<string, (...params: string[]) => unknown> = {
    eth_blockNumber: () => `0x${head.number.toString(16)}`,
    eth_getBlockByNumber: (number) => chain.blockAt(number === 'latest' ? head.number : +number),
    eth_getBlockByHash: (hash) => chain.blockOf(hash),
    eth_getTransactionByHash: (hash) => chain.transaction(hash)?.transaction ?? null,
    eth_getTransactionReceipt: (hash) => chain.transaction(hash)?.receipt ?? null,
    eth_getCode: async (address = '') =>
      (await chain.codeAt(address)) ?? contracts.delegation(address.toLowerCase()),
  };
  return {
    ...absent,
    chainId: deps.chainIdOf(name),
    behind: (address) => contracts.behind(address),
    async call<T>(method: string, params: unknown[] = []): Promise<T> {
      if (method === 'eth_getLogs') return contracts.logs(params[0] as LogsAsked) as T;
      const told = await toldOf(contracts, method, params);
      if (told !== null) return told as T;
      const answer = answers[method];
      if (!answer) return absent.call<T>(method, params);
      return (await answer(...params.map(String))) as T;
    },
  };
}

/** What transactions that were recorded tell of proxies and beacons; null: nothing of what is asked. */
async function toldOf(contracts: RecordedContracts, method: string, [of, slot]: unknown[]) {
  if (method === 'eth_getStorageAt') return contracts.slot(String(of), String(slot));
  const { to, data } = method === 'eth_call' ? (of as { to?: string; data?: string }) : {};
  if (to === undefined) return null;
  if (data === ASK_FACETS) return contracts.facets(to);
  if (data !== ASK_BEACON) return null;
  const implementation = contracts.namedBy(to);
  return implementation === null ? null : `0x${implementation.slice(2).padStart(64, '0')}`;
}

class StoppedChain {
  readonly #deps: StoppedChains;
  readonly #name: string;
  readonly #head: IndexedHead;

  constructor(deps: StoppedChains, name: string, head: IndexedHead) {
    this.#deps = deps;
    this.#name = name;
    this.#head = head;
  }

  /** Throws CHAIN_NOT_RUNNING. */
  blockAt(number: number): RpcBlockHead | null {
    if (number > this.#head.number) return null;
    const block = this.#indexed(number);
    const head = block && this.#deps.recordedHead(this.#name, block.hash);
    // What the index does not reach, and who has mined an empty block, only the chain knows.
    if (!block || !head) throw notRecorded(this.#name, `block ${number}`);
    return { ...head, transactions: this.#hashesOf(block) };
  }

  /** Throws CHAIN_NOT_RUNNING. */
  blockOf(hash: string): RpcBlockHead | null {
    const head = this.#deps.recordedHead(this.#name, hash);
    const number = Number(head?.number ?? Number.NaN);
    if (head && this.#has(number, hash)) return this.blockAt(number);
    if (this.#deps.index.beginning(this.#head, hash, 1).blocks.length > 0) {
      throw notRecorded(this.#name, `block ${hash}`);
    }
    return null;
  }

  /** What the chain still has. Throws CHAIN_NOT_RUNNING. */
  transaction(hash: string): RecordedTransaction | null {
    const recorded = this.#deps.recordedOf(this.#name, hash, null);
    if (recorded && this.#has(Number(recorded.block.number), recorded.block.hash)) return recorded;
    if (this.#deps.index.beginning(this.#head, hash, 1).transactions.length > 0) {
      throw notRecorded(this.#name, `transaction ${hash}`);
    }
    return null;
  }

  /** Of what was created by a transaction that was recorded; null: nothing was. */
  async codeAt(address: string): Promise<string | null> {
    const { index, recordedOf } = this.#deps;
    const creation = index.creationOf(this.#head, address);
    const recorded = creation && recordedOf(this.#name, creation, null);
    if (!recorded) return null;
    const asRecorded = await recordedNetwork(absentNetwork(this.#name), recorded);
    return asRecorded.call<string>('eth_getCode', [address]);
  }

  #has(number: number, hash: string): boolean {
    return this.#indexed(number)?.hash === hash;
  }

  #indexed(number: number): IndexedBlock | undefined {
    const [block] = this.#deps.index.blocks(this.#head, number, 1);
    return block?.number === number ? block : undefined;
  }

  #hashesOf({ firstTransaction, transactions }: IndexedBlock): string[] {
    if (transactions === 0) return [];
    return this.#deps.index
      .transactions(this.#head, firstTransaction + transactions, transactions)
      .map(({ hash }) => hash)
      .toReversed();
  }
}
