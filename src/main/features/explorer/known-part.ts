import { absentNetwork, recordedNetwork } from '../../eth/inside/recorded-network.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { OwnUpstream, OwnUpstreams } from '../../eth/own-upstreams.ts';
import { RpcError } from '../../eth/rpc.ts';
import { UpstreamDown } from '../../eth/upstream-failure.ts';
import { safeInteger } from '../../shared/safe-integer.ts';
import { type StoppedChains, stoppedChain } from './stopped-chain.ts';

export interface KnownPartDependencies extends StoppedChains {
  ownUpstreams: OwnUpstreams;
}

/** What is asked of a transaction and of its block. */
const OF_TRANSACTIONS = [
  ...['eth_getTransactionByHash', 'eth_getTransactionReceipt', 'eth_getBlockByNumber'],
];
/** What the rest can be told without. */
const OF_STATE = /^(eth_getStorageAt|eth_call|debug_\w+)$/;

/**
 * A fork without what it can not read of its upstream: that is taken from what is recorded of chains
 * of Drydock, and state that is not is unknown.
 */
export class KnownPart {
  readonly from: ReadNetwork;
  readonly #deps: KnownPartDependencies;
  #lacking: UpstreamDown | null = null;

  constructor(deps: KnownPartDependencies, from: ReadNetwork) {
    this.#deps = deps;
    const call: ReadNetwork['call'] = (method, params) => this.#call(from, method, params);
    this.from = { ...from, call };
  }

  /** What may be missing of a transaction, and what to do; null: nothing was. */
  missing(hash: string, block: number | null): string | null {
    if (!this.#lacking) return null;
    const { problem, way } = this.#lacking;
    const start = `Names of contracts, and what ran behind proxies, may be missing: ${problem}.`;
    if (way !== null) return `${start} ${way}, then show it again.`;
    const upstream = this.#upstreams().find(
      ({ newest }) => block !== null && newest !== null && block <= newest,
    );
    return upstream
      ? `${start} As far as it was recorded, it is told by "drydock tx show ${hash} --network ${upstream.network}".`
      : `${start} They can not be read any more.`;
  }

  #upstreams = (): readonly OwnUpstream[] => this.#deps.ownUpstreams(this.from.name);

  async #call<T>(from: ReadNetwork, method: string, params: unknown[] = []): Promise<T> {
    try {
      return await from.call<T>(method, params);
    } catch (error) {
      if (!(error instanceof UpstreamDown)) throw error;
      const recorded = await this.#recorded(method, params);
      if (recorded !== null) return recorded as T;
      if (OF_TRANSACTIONS.includes(method)) throw error;
      this.#lacking = error;
      if (method === 'eth_getCode') return '0x' as T;
      throw OF_STATE.test(method) ? new RpcError(error.message, false) : error;
    }
  }

  async #recorded(method: string, params: readonly unknown[]): Promise<unknown> {
    for (const upstream of this.#upstreams()) {
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
    const asked = <T>(one: string) => chain?.call<T | null>(one, params).catch(() => null);
    if (method === 'eth_getBlockByNumber') {
      const block = await asked<{ number: string }>(method);
      return block && isBefore(block.number, newest) ? block : null;
    }
    const sent = await asked<{ blockNumber: string | null }>('eth_getTransactionByHash');
    return sent && isBefore(sent.blockNumber, newest) ? ((await asked(method)) ?? null) : null;
  }
}

const isBefore = (block: string | null, newest: number | null): boolean => {
  const number = safeInteger(block);
  return number !== null && (newest === null || number <= newest);
};
