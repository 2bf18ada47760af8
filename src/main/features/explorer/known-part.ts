import type { ReadNetwork } from '../../eth/network-reader.ts';
import { RpcError } from '../../eth/rpc.ts';
import { UpstreamDown } from '../../eth/upstream-failure.ts';
import {
  OF_TRANSACTIONS,
  UpstreamRecords,
  type UpstreamRecordsDependencies,
} from './upstream-records.ts';

/** What the rest can be told without. */
const OF_STATE = /^(eth_getStorageAt|eth_call|debug_\w+)$/;

/**
 * A fork without what it can not read of its upstream: that is taken from what is recorded of chains
 * of Drydock, and state that is not is unknown.
 */
export class KnownPart {
  readonly from: ReadNetwork;
  readonly #records: UpstreamRecords;
  #lacking: UpstreamDown | null = null;

  constructor(deps: UpstreamRecordsDependencies, from: ReadNetwork) {
    this.#records = new UpstreamRecords(deps, from.name);
    const call: ReadNetwork['call'] = (method, params) => this.#call(from, method, params);
    this.from = { ...from, call };
  }

  /** What may be missing of a transaction, and what to do; null: nothing was. */
  missing(hash: string, block: number | null): string | null {
    if (!this.#lacking) return null;
    const { problem, way } = this.#lacking;
    const start = `Names of contracts, and what ran behind proxies, may be missing: ${problem}.`;
    if (way !== null) return `${start} ${way}, then show it again.`;
    const upstream = this.#records
      .upstreams()
      .find(({ newest }) => block !== null && newest !== null && block <= newest);
    return upstream
      ? `${start} As far as it was recorded, it is told by "drydock tx show ${hash} --network ${upstream.network}".`
      : `${start} They can not be read any more.`;
  }

  async #call<T>(from: ReadNetwork, method: string, params: unknown[] = []): Promise<T> {
    try {
      return await from.call<T>(method, params);
    } catch (error) {
      if (!(error instanceof UpstreamDown)) throw error;
      const recorded = await this.#records.told(method, params);
      if (recorded !== null) return recorded as T;
      if (OF_TRANSACTIONS.includes(method)) throw error;
      this.#lacking = error;
      if (method === 'eth_getCode') return '0x' as T;
      throw OF_STATE.test(method) ? new RpcError(error.message, false) : error;
    }
  }
}
