import { toEventSelector } from 'viem';
import { delegateOf } from '../../shared/delegation.ts';
import { withAuthorizations } from './authorizations.ts';
import type { TracedCall } from './call-tree.ts';
import type { Log } from './decode-event.ts';
import { orderedWalk } from './ordered-walk.ts';
import { ASK_BEACON, DIAMOND_CUT } from './proxy.ts';
import type { RecordedTransaction } from './recorded-transaction.ts';

/** https://eips.ethereum.org/EIPS/eip-1967 */
const UPGRADED = toEventSelector('Upgraded(address)');
const BEACON_UPGRADED = toEventSelector('BeaconUpgraded(address)');
/** A word that holds an address, hex digits with 0x. */
const WORD_DIGITS = 66;
const ADDRESS_DIGITS = 40;
/** Those that run the code of an address as that address. */
const CALLS: ReadonlySet<string> = new Set(['CALL', 'STATICCALL']);

/**
 * The implementation that a proxy has passed a call on to: the one that ran for it with all that was
 * sent, to which some proxies add data of their own. null: it was passed on to none.
 */
export function passedOnTo({ input = '0x', calls = [] }: TracedCall): string | null {
  const sent = input.toLowerCase();
  const isPassed = (inner: string) => (sent === '0x' ? inner === '0x' : inner.startsWith(sent));
  const passed = calls.find(
    ({ type, input: inner = '0x' }) => type === 'DELEGATECALL' && isPassed(inner.toLowerCase()),
  );
  return passed?.to ?? null;
}

/**
 * Implementations of contracts by address in lower case. Empty: it was called, and has answered
 * itself. Of what is not in it nothing is known.
 */
export type Implementations = ReadonlyMap<string, readonly string[]>;

/**
 * Those of the contracts in a transaction: what ran, in its order, then what contracts were upgraded
 * to; of accounts that run the code of a contract, that one.
 */
export async function implementationsIn(recorded: RecordedTransaction): Promise<Implementations> {
  const found = implementationsBy(recorded.trace, recorded.receipt.logs ?? []);
  for (const [at, delegate] of await delegatesIn(recorded)) found.set(at, [delegate]);
  return found;
}

/**
 * To what the contract that a transaction was sent to has passed it on, or whose code the account ran,
 * as in `Names.contractAt`; undefined: its calls are not known.
 */
export async function ranFirst(
  recorded: Pick<RecordedTransaction, 'transaction' | 'trace' | 'preState'>,
): Promise<readonly string[] | undefined> {
  const { transaction, trace } = recorded;
  if (!trace) return undefined;
  if (trace.type.startsWith('CREATE')) return [];
  const delegates = await delegatesIn(recorded);
  const ran = passedOnTo(trace) ?? delegates.get(transaction.to?.toLowerCase() ?? '');
  return ran === undefined ? [] : [ran];
}

/** Whose code the accounts in a transaction ran that run another's, by address in lower case. */
export async function delegatesIn({
  transaction,
  preState,
}: Pick<RecordedTransaction, 'transaction' | 'preState'>): Promise<ReadonlyMap<string, string>> {
  const standing = await withAuthorizations(transaction, preState ?? {});
  const found = new Map<string, string>();
  for (const [at, { code = '0x' }] of Object.entries(standing)) {
    const delegate = delegateOf(code);
    if (delegate !== null) found.set(at.toLowerCase(), delegate);
  }
  return found;
}

/** What a contract was found to run as a transaction went on. */
interface Behind {
  /** The contract, in lower case. */
  at: string;
  /** In lower case; null: it has answered itself, undefined: it is not told. */
  implementation: string | null | undefined;
  /** It may be another one than before the transaction. */
  isReplaced: boolean;
  /** The beacon that has named it, in lower case. */
  beacon: string | null;
}

type WrittenLog = Partial<Pick<Log, 'address' | 'topics'>>;

/**
 * What contracts ran and were upgraded to, in the order in which that happened.
 *
 * @param trace null: its calls are not known
 * @param logs those that a trace without logs lacks
 */
function* behindIn(
  trace: TracedCall | null,
  logs: readonly WrittenLog[],
  isLeftOut: (call: TracedCall) => boolean,
): Generator<Behind> {
  /** What beacons have said last, by address in lower case. */
  const beacons = new Map<string, string>();
  let hasLogs = false;
  for (const { call, log } of trace ? orderedWalk(trace, isLeftOut) : []) {
    if (log) {
      hasLogs = true;
      yield* upgradedBy(log, beacons);
      continue;
    }
    const said = saidByBeacon(call);
    if (said) beacons.set(said.beacon, said.implementation);
    yield* ranBy(call);
  }
  if (!hasLogs) for (const log of logs) yield* upgradedBy(log, beacons);
}

function* ranBy(call: TracedCall): Generator<Behind> {
  const at = call.to?.toLowerCase();
  if (at === undefined || call.type.startsWith('CREATE')) return;
  const passed = passedOnTo(call)?.toLowerCase() ?? null;
  if (passed === null && !CALLS.has(call.type)) return;
  const asked = (call.calls ?? []).find((inner) => inner.input === ASK_BEACON)?.to;
  const beacon = asked?.toLowerCase() ?? null;
  yield { at, implementation: passed, isReplaced: beacon !== null, beacon };
}

function* upgradedBy(log: WrittenLog, beacons: ReadonlyMap<string, string>): Generator<Behind> {
  const { address, topics = [] } = log;
  if (address === undefined) return;
  const at = address.toLowerCase();
  const isReplaced = true;
  if (topics[0] === DIAMOND_CUT) yield { at, implementation: undefined, isReplaced, beacon: null };
  const beacon = addressAfter(BEACON_UPGRADED, { topics });
  const implementation = beacon === null ? upgradedTo({ topics }) : beacons.get(beacon);
  if (implementation) yield { at, implementation, isReplaced, beacon };
}

function saidByBeacon({ to, input, output, error }: TracedCall) {
  const isAnswer = input === ASK_BEACON && output?.length === WORD_DIGITS && error === undefined;
  if (!isAnswer || to === undefined) return null;
  return { beacon: to.toLowerCase(), implementation: addressIn(output) };
}

/**
 * Those that its calls and what it has written tell, the first one first.
 *
 * @param trace null: its calls are not known
 */
export function implementationsBy(
  trace: TracedCall | null,
  logs: readonly WrittenLog[],
): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { at, implementation } of behindIn(trace, logs, () => false)) {
    if (implementation === undefined) continue;
    const all = found.get(at) ?? [];
    const isNew = implementation !== null && !all.includes(implementation);
    found.set(at, isNew ? [...all, implementation] : all);
  }
  return found;
}

/**
 * Those of contracts that may have got another one, the last one first.
 *
 * @param trace null: its calls are not known
 */
export function replacedBy(
  trace: TracedCall | null,
  logs: readonly WrittenLog[],
): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const replaced = new Set<string>();
  for (const { at, implementation, isReplaced } of behindIn(trace, logs, hasFailed)) {
    if (isReplaced) replaced.add(at);
    const others = (found.get(at) ?? []).filter((one) => one !== implementation);
    if (implementation) found.set(at, [implementation, ...others]);
  }
  return new Map([...found].filter(([at]) => replaced.has(at)));
}

/** What is behind a contract, and the beacon that has named it, both in lower case. */
export interface LeftBehind {
  implementation: string;
  beacon: string | null;
}

/**
 * What a transaction has left behind a contract: what ran behind it last or what it was upgraded to
 * since; where all of that was undone, what ran first. null: it tells nothing of it.
 *
 * @param address in lower case
 */
export async function leftBehind(
  recorded: RecordedTransaction,
  address: string,
): Promise<LeftBehind | null> {
  const delegate = (await delegatesIn(recorded)).get(address);
  if (delegate !== undefined) return { implementation: delegate, beacon: null };
  const { trace, receipt } = recorded;
  const told = (isLeftOut: (call: TracedCall) => boolean): LeftBehind[] =>
    [...behindIn(trace, receipt.logs ?? [], isLeftOut)].flatMap(({ at, implementation, beacon }) =>
      at === address && implementation ? [{ implementation, beacon }] : [],
    );
  return told(hasFailed).at(-1) ?? told(() => false)[0] ?? null;
}

/**
 * What a beacon names since a transaction, by its last answer or upgrade in it. null: it tells nothing
 * of that.
 *
 * @param beacon in lower case
 */
export function namedByBeacon(
  { trace, receipt }: Pick<RecordedTransaction, 'trace' | 'receipt'>,
  beacon: string,
): string | null {
  let named: string | null = null;
  let hasLogs = false;
  const upgraded = (log: WrittenLog): string | null =>
    log.address?.toLowerCase() === beacon ? upgradedTo({ topics: log.topics ?? [] }) : null;
  for (const { call, log } of trace ? orderedWalk(trace, hasFailed) : []) {
    if (log) {
      hasLogs = true;
      named = upgraded(log) ?? named;
      continue;
    }
    const said = saidByBeacon(call);
    if (said?.beacon === beacon) named = said.implementation;
  }
  if (!hasLogs) for (const log of receipt.logs ?? []) named = upgraded(log) ?? named;
  return named;
}

/** What a log says that its contract was upgraded to; null: it says nothing of that. */
export const upgradedTo = (log: Pick<Log, 'topics'>): string | null => addressAfter(UPGRADED, log);

/**
 * What ran at the address of each log of a transaction as it was written, as in `Names.contractAt`.
 *
 * @param trace null: its calls are not known, and what a contract was upgraded to before has written
 * what comes after
 */
export function ranAtLogs(
  trace: TracedCall | null,
  logs: readonly Log[],
): (readonly string[] | undefined)[] {
  const all = implementationsBy(trace, logs);
  const traced = trace ? writtenIn(trace) : [];
  const isTold = trace !== null && traced.length === logs.length;
  const upgraded = new Map<string, string>();
  return logs.map((log, i) => {
    const writer = traced[i];
    if (isTold && writer) return ranAtLog(writer, log.address, all);
    const at = log.address.toLowerCase();
    const implementation = upgradedTo(log);
    if (implementation !== null) upgraded.set(at, implementation);
    const last = upgraded.get(at);
    return last === undefined ? undefined : [last];
  });
}

/** The calls that have written the logs that stay, in their order. */
function writtenIn(root: TracedCall): TracedCall[] {
  return [...orderedWalk(root, hasFailed)].flatMap(({ call, log }) => (log ? [call] : []));
}

/**
 * What ran at the address of a log as a call wrote it. undefined: no implementation of it, such as a
 * library.
 */
export function ranAtLog(
  { to }: Pick<TracedCall, 'to'>,
  address: string,
  implementations: Implementations,
): readonly string[] | undefined {
  const at = address.toLowerCase();
  const writer = to?.toLowerCase();
  if (writer === undefined) return undefined;
  if (writer === at) return [];
  return implementations.get(at)?.includes(writer) ? [writer] : undefined;
}

function addressAfter(topic: string, { topics: [first, second] }: Pick<Log, 'topics'>) {
  return first === topic && second ? addressIn(second) : null;
}

const hasFailed = ({ error }: TracedCall): boolean => error !== undefined;

const addressIn = (word: string): string => `0x${word.slice(-ADDRESS_DIGITS).toLowerCase()}`;
