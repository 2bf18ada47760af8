import { authorizedCodes, withAuthorizations } from '../../eth/inside/authorizations.ts';
import type { IndexedHead } from '../../eth/inside/indexed-chain.ts';
import { implementationsIn } from '../../eth/inside/passed-on.ts';
import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import type { RpcLog } from '../../eth/rpc-shapes.ts';
import { delegateOf } from '../../shared/delegation.ts';
import type { IndexedLists } from './indexed-lines.ts';

/** The newest transactions of a contract that are looked through for what is behind it. */
const MOST_LOOKED = 20;
const AT_ONCE = 100;

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
    for (const recorded of this.#newest(address)) {
      const last = (await implementationsIn(recorded)).get(address)?.at(-1);
      if (last) return [last];
      const { transaction, preState } = recorded;
      if ((await authorizedCodes(transaction, preState ?? {})).has(address)) return null;
    }
    return null;
  }

  /** Of an account that runs the code of a contract; 0x: as far as is known it does not. */
  async delegation(address: string): Promise<string> {
    for (const { transaction, preState } of this.#newest(address)) {
      const standing = await withAuthorizations(transaction, preState ?? {});
      const [, account] =
        Object.entries(standing).find(([at]) => at.toLowerCase() === address) ?? [];
      if (account) return delegateOf(account.code ?? '0x') === null ? '0x' : (account.code ?? '0x');
    }
    return '0x';
  }

  /** What was recorded of the newest transactions that had to do with an address. */
  *#newest(address: string): Generator<RecordedTransaction> {
    const newest = this.#lists.index.ofAddress(
      ...([this.#head, address, this.#head.transactions, MOST_LOOKED] as const),
    );
    for (const { hash } of newest) {
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
