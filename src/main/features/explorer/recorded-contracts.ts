import { encodeAbiParameters, type Hex, parseAbiParameters } from 'viem';
import { cutIn, facetsAfter } from '../../eth/diamond-cut.ts';
import { authorizedCodes, withAuthorizations } from '../../eth/inside/authorizations.ts';
import type { IndexedHead } from '../../eth/inside/indexed-chain.ts';
import { leftBehind, namedByBeacon } from '../../eth/inside/passed-on.ts';
import { DIAMOND_CUT } from '../../eth/inside/proxy.ts';
import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import type { RpcLog } from '../../eth/rpc-shapes.ts';
import { delegateOf } from '../../shared/delegation.ts';
import type { IndexedLists } from './indexed-lines.ts';
import { recordedSlot } from './recorded-slots.ts';

/** The newest transactions of a contract that are looked through for what is behind it. */
const MOST_LOOKED = 20;
const AT_ONCE = 100;
/** https://eips.ethereum.org/EIPS/eip-2535 */
const FACETS = parseAbiParameters('(address, bytes4[])[]');

export interface LogsAsked {
  address: string;
  topics?: readonly (string | readonly string[] | null)[];
  fromBlock: string;
  toBlock: string;
}

/** What transactions that were recorded say of the contracts of a chain. */
export class RecordedContracts {
  readonly #lists: IndexedLists;
  readonly #name: string;
  readonly #head: IndexedHead;
  readonly #behind = new Map<string, Promise<readonly string[] | null>>();
  readonly #named = new Map<string, string | null>();

  constructor(lists: IndexedLists, name: string, head: IndexedHead) {
    this.#lists = lists;
    this.#name = name;
    this.#head = head;
  }

  /** What ran behind a contract last, or what it was upgraded to since; null: that isn't known. */
  behind(address: string): Promise<readonly string[] | null> {
    const known = this.#behind.get(address) ?? this.#lookBehind(address);
    this.#behind.set(address, known);
    return known;
  }

  async #lookBehind(address: string): Promise<readonly string[] | null> {
    for (const recorded of this.#newestOf(address)) {
      const left = await leftBehind(recorded, address);
      if (left) {
        const named = left.beacon === null ? null : this.namedBy(left.beacon);
        return [named ?? left.implementation];
      }
      const { transaction, preState } = recorded;
      if ((await authorizedCodes(transaction, preState ?? {})).has(address)) return null;
    }
    return null;
  }

  /** What a beacon names now; null: that isn't known. */
  namedBy(address: string): string | null {
    const beacon = address.toLowerCase();
    const known = this.#named.get(beacon);
    if (known !== undefined) return known;
    let named: string | null = null;
    for (const recorded of this.#newestOf(beacon)) {
      named = namedByBeacon(recorded, beacon);
      if (named !== null) break;
    }
    this.#named.set(beacon, named);
    return named;
  }

  /** Of an account that runs the code of a contract; 0x: as far as is known it does not. */
  async delegation(address: string): Promise<string> {
    for (const { transaction, preState } of this.#newestOf(address)) {
      const standing = await withAuthorizations(transaction, preState ?? {});
      const [, account] =
        Object.entries(standing).find(([at]) => at.toLowerCase() === address) ?? [];
      if (account) return delegateOf(account.code ?? '0x') === null ? '0x' : (account.code ?? '0x');
    }
    return '0x';
  }

  /** What a place in which proxies keep addresses holds; null: that isn't known. */
  async slot(address: string, slot: string): Promise<string | null> {
    const at = address.toLowerCase();
    const [behind] = (await this.behind(at)) ?? [];
    return recordedSlot(this.#newestOf(at), at, slot, behind);
  }

  /** What `facets()` of a diamond returns, by the cuts that it has told of; null: it is none. */
  facets(address: string): string | null {
    const isOne = (log: RpcLog) =>
      log.topics[0] === DIAMOND_CUT && log.address.toLowerCase() === address.toLowerCase();
    // All of its transactions are only looked through where there is something to find.
    const isDiamond = [...this.#newestOf(address)].some(({ receipt }) => receipt.logs?.some(isOne));
    if (!isDiamond) return null;
    const toBlock = `0x${this.#head.number.toString(16)}`;
    const cuts = this.logs({ address, topics: [DIAMOND_CUT], fromBlock: '0x0', toBlock });
    const facets = facetsAfter(cuts.flatMap((log) => cutIn(log as RpcLog) ?? []));
    return encodeAbiParameters(FACETS, [[...facets] as [Hex, Hex[]][]]);
  }

  /** Its newest transactions, and the one that created it, as far as they were recorded. */
  *#newestOf(address: string): Generator<RecordedTransaction> {
    const { index } = this.#lists;
    const newest = index.ofAddress(this.#head, address, this.#head.transactions, MOST_LOOKED);
    const hashes = new Set(newest.map(({ hash }) => hash));
    const creation = index.creationOf(this.#head, address);
    if (creation !== null) hashes.add(creation);
    for (const hash of hashes) {
      const recorded = this.#recorded(hash);
      if (recorded) yield recorded;
    }
  }

  /** Returns the logs of one contract in the shape of `eth_getLogs`. */
  logs({ address, topics = [], fromBlock, toBlock }: LogsAsked): object[] {
    const { index } = this.#lists;
    const logs: object[][] = [];
    const below = index.countBefore(this.#head, Number(toBlock)) ?? 0;
    for (let at = below; ; ) {
      const found = index.ofAddress(this.#head, address, at, AT_ONCE);
      for (const { hash, blockNumber, ordinal } of found) {
        if (blockNumber < Number(fromBlock)) return logs.toReversed().flat();
        logs.push(this.#logsOf(hash, blockNumber, { address, topics }));
        at = ordinal;
      }
      if (found.length < AT_ONCE) return logs.toReversed().flat();
    }
  }

  #logsOf(
    hash: string,
    blockNumber: number,
    { address, topics }: Required<Pick<LogsAsked, 'address' | 'topics'>>,
  ): object[] {
    const written = this.#recorded(hash)?.receipt.logs ?? [];
    return written
      .filter((log) => log.address.toLowerCase() === address.toLowerCase() && fits(log, topics))
      .map((log) => ({
        ...log,
        ...{ blockNumber: `0x${blockNumber.toString(16)}`, transactionHash: hash },
      }));
  }

  #recorded(hash: string): RecordedTransaction | null {
    return this.#lists.recordedOf(this.#name, hash, null);
  }
}

const fits = (log: RpcLog, topics: NonNullable<LogsAsked['topics']>): boolean =>
  topics.every(
    (wanted, i) =>
      wanted === null ||
      [wanted].flat().some((one) => one.toLowerCase() === log.topics[i]?.toLowerCase()),
  );
