import type { ReadNetwork } from '../../eth/network-reader.ts';
import { NotRead, UpstreamDown } from '../../eth/upstream-failure.ts';
import { AppError } from '../../shared/errors.ts';
import { UpstreamRecords, type UpstreamRecordsDependencies } from './upstream-records.ts';

/** What may be missing, by what it is asked with. */
const PARTS: readonly [RegExp, string][] = [
  [/^eth_getCode$/, 'names of contracts'],
  [/^(eth_getStorageAt|eth_call)$/, 'what runs behind proxies'],
  [/^eth_getBalance$/, 'the balance'],
  [/^eth_getTransactionCount$/, 'the nonce'],
  [/^debug_/, 'what only another run tells'],
];
const OTHER_PARTS = 'what was before the fork began';

/** What a chain of Drydock that the fork began on tells instead. */
export interface ToldThere {
  /** Without the network. */
  command: string;
  /** Since when it is as it was; null: it may have changed there. */
  block: number | null;
}

/**
 * A fork without what it can not read of its upstream: that is taken from what is recorded of chains
 * of Drydock, and what is not is unknown. Code that is not known is told as none.
 */
export class KnownPart {
  readonly from: ReadNetwork;
  readonly #records: UpstreamRecords;
  readonly #lacking = new Set<string>();
  readonly #unread = new Map<string, UpstreamDown>();
  #down: UpstreamDown | null = null;

  constructor(deps: UpstreamRecordsDependencies, from: ReadNetwork) {
    this.#records = new UpstreamRecords(deps, from.name);
    this.from = {
      ...from,
      call: (method, params) => this.#call(from, method, params),
      unread: (address) => this.#unread.get(address.toLowerCase()) ?? null,
    };
  }

  /** Rejects with what to do where nothing can be told without the upstream. */
  async read<T>(work: (from: ReadNetwork, part: KnownPart) => Promise<T>): Promise<T> {
    try {
      return await work(this.from, this);
    } catch (error) {
      if (!(error instanceof NotRead)) throw error;
      throw error.down.way === null ? this.#gone(error) : error.down;
    }
  }

  /** With what may be missing, and what to do; `missing` is absent: nothing was. */
  withMissing<T extends object>(shown: T, there: ToldThere): T & { missing?: string } {
    if (!this.#down) return shown;
    const { problem, way } = this.#down;
    const parts = new Intl.ListFormat('en').format(this.#lacking);
    const start = `${parts.charAt(0).toUpperCase()}${parts.slice(1)} may be missing: ${problem}.`;
    const next = way === null ? this.#instead(there) : `${way}, then show it again.`;
    return { ...shown, missing: `${start} ${next}` };
  }

  #instead({ command, block }: ToldThere): string {
    const upstreams = this.#records.upstreams();
    const upstream =
      block === null
        ? upstreams[0]
        : upstreams.find(({ newest }) => newest !== null && block <= newest);
    if (!upstream) return 'They can not be read any more.';
    const told = `is told by "drydock ${command} --network ${upstream.network}".`;
    return block === null
      ? `They can not be read any more; what ${upstream.network} has now ${told}`
      : `As far as it was recorded, it ${told}`;
  }

  #gone({ message }: NotRead): AppError {
    const { name } = this.from;
    return new AppError(
      'RPC_UNREACHABLE',
      `${name} has not read it of its upstream, and it was not recorded: ${message}.`,
    );
  }

  async #call<T>(from: ReadNetwork, method: string, params: unknown[] = []): Promise<T> {
    try {
      return await from.call<T>(method, params);
    } catch (error) {
      if (!(error instanceof UpstreamDown)) throw error;
      const recorded = await this.#records.told(method, params);
      if (recorded !== null) return recorded as T;
      this.#down = error;
      this.#lacking.add(PARTS.find(([pattern]) => pattern.test(method))?.[1] ?? OTHER_PARTS);
      if (method !== 'eth_getCode') throw new NotRead(error);
      this.#unread.set(String(params[0]).toLowerCase(), error);
      return '0x' as T;
    }
  }
}
