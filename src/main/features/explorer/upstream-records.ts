import { absentNetwork, recordedNetwork } from '../../eth/inside/recorded-network.ts';
import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { notRecorded } from '../../eth/not-running.ts';
import type { OwnUpstream, OwnUpstreams } from '../../eth/own-upstreams.ts';
import type { RpcBlockHead } from '../../eth/rpc-shapes.ts';
import { safeInteger } from '../../shared/safe-integer.ts';
import { type StoppedChains, stoppedChain } from './stopped-chain.ts';

export interface UpstreamRecordsDependencies extends StoppedChains {
  ownUpstreams: OwnUpstreams;
}

/** What is told of a transaction and of its block. */
const OF_TRANSACTIONS: readonly string[] = [
  ...['eth_getTransactionByHash', 'eth_getTransactionReceipt'],
  ...['eth_getBlockByNumber', 'eth_getBlockByHash'],
];

/** What was recorded of the chains of Drydock that a fork began on, as far as it has that, too. */
export class UpstreamRecords {
  readonly #deps: UpstreamRecordsDependencies;
  readonly #fork: string;

  constructor(deps: UpstreamRecordsDependencies, fork: string) {
    this.#deps = deps;
    this.#fork = fork;
  }

  upstreams(): readonly OwnUpstream[] {
    return this.#deps.ownUpstreams(this.#fork);
  }

  /** What a node would say; null: it was not recorded, or nothing of that kind is. */
  async told(method: string, params: readonly unknown[]): Promise<unknown> {
    for (const upstream of this.upstreams()) {
      const found =
        method === 'eth_getCode'
          ? await this.#codeOn(upstream, String(params[0]))
          : OF_TRANSACTIONS.includes(method)
            ? await this.#ofTransaction(upstream, method, [...params])
            : null;
      if (found !== null) return found;
    }
    return null;
  }

  /** A transaction that was in the fork as it began; null: it was none, or was not recorded. */
  recorded(hash: string, block: string | null): RecordedTransaction | null {
    for (const { network, newest } of this.upstreams()) {
      const recorded = this.#deps.recordedOf(network, hash, block);
      if (recorded && isBefore(recorded.block.number, newest)) return recorded;
    }
    return null;
  }

  /** Of what was created before the fork began. */
  async #codeOn({ network, newest }: OwnUpstream, address: string): Promise<string | null> {
    const { index, recordedOf } = this.#deps;
    const head = index.head(network);
    const creation = head && index.creationOf(head, address);
    const recorded = creation && recordedOf(network, creation, null);
    if (!recorded || !isBefore(recorded.block.number, newest)) return null;
    const asRecorded = await recordedNetwork(absentNetwork(network), recorded);
    const code = await asRecorded.call<string>('eth_getCode', [address]);
    return code === '0x' ? null : code;
  }

  async #ofTransaction({ network, newest }: OwnUpstream, method: string, params: unknown[]) {
    const chain = stoppedChain(this.#deps, network);
    const asked = <T>(one: string, of = params) =>
      chain?.call<T | null>(one, of).catch(() => null) ?? null;
    if (method.startsWith('eth_getBlock')) {
      const block = await asked<RpcBlockHead>(method);
      if (!block || !isBefore(block.number, newest)) return null;
      if (params[1] !== true) return block;
      const transactions = await Promise.all(
        block.transactions.map((hash) => asked('eth_getTransactionByHash', [hash])),
      );
      return transactions.includes(null) ? null : { ...block, transactions };
    }
    const sent = await asked<{ blockNumber: string | null }>('eth_getTransactionByHash');
    return sent && isBefore(sent.blockNumber, newest) ? ((await asked(method)) ?? null) : null;
  }
}

/** A chain that does not run; of a fork, also what it had from the chains that it began on. */
export function stoppedWithUpstreams(
  deps: UpstreamRecordsDependencies,
  name: string,
): ReadNetwork | null {
  const own = stoppedChain(deps, name);
  const records = new UpstreamRecords(deps, name);
  if (!own || records.upstreams().length === 0) return own;
  return {
    ...own,
    async call<T>(method: string, params: unknown[] = []): Promise<T> {
      const told = await own.call<T>(method, params).catch((error: unknown) => ({ error }));
      const isMissing = told === null || told === '0x' || isRefusal(told);
      const recorded = isMissing ? await records.told(method, params) : null;
      if (recorded !== null) return recorded as T;
      if (isRefusal(told)) throw told.error;
      // One from before the fork began need not be recorded.
      if (told === null && method === 'eth_getBlockByHash') {
        throw notRecorded(name, `block ${params[0]}`);
      }
      return told as T;
    },
  };
}

const isRefusal = (told: unknown): told is { error: unknown } =>
  typeof told === 'object' && told !== null && 'error' in told;

const isBefore = (block: string | null, newest: number | null): boolean => {
  const number = safeInteger(block);
  return number !== null && (newest === null || number <= newest);
};
