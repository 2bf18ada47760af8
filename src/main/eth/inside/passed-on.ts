import { toEventSelector } from 'viem';
import { delegateOf } from '../../shared/delegation.ts';
import { withAuthorizations } from './authorizations.ts';
import type { TracedCall } from './call-tree.ts';
import type { Log } from './decode-event.ts';
import { orderedWalk } from './ordered-walk.ts';
import { ASK_BEACON } from './proxy.ts';
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

/** Those that its calls and what it has written tell. @param trace null: its calls are not known */
export function implementationsBy(
  trace: TracedCall | null,
  logs: readonly Pick<Log, 'address' | 'topics'>[],
): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const add = (at: string, implementation: string): void => {
    const all = found.get(at.toLowerCase()) ?? [];
    const address = implementation.toLowerCase();
    if (!all.includes(address)) found.set(at.toLowerCase(), [...all, address]);
  };
  /** What beacons have said, by address in lower case. */
  const beacons = new Map<string, string>();
  const open: TracedCall[] = trace ? [trace] : [];
  for (let call = open.pop(); call; call = open.pop()) {
    const passed = call.type.startsWith('CREATE') ? null : passedOnTo(call);
    const { type, to, input, output } = call;
    if (passed !== null && to !== undefined) add(to, passed);
    else if (CALLS.has(type) && to !== undefined && !found.has(to.toLowerCase())) {
      found.set(to.toLowerCase(), []);
    }
    if (input === ASK_BEACON && to !== undefined && output?.length === WORD_DIGITS) {
      beacons.set(to.toLowerCase(), addressIn(output));
    }
    const inner = call.calls ?? [];
    for (let i = inner.length - 1; i >= 0; i--) open.push(inner[i] as TracedCall);
  }
  for (const log of logs) {
    const beacon = addressAfter(BEACON_UPGRADED, log);
    const implementation =
      beacon === null ? upgradedTo(log) : (beacons.get(beacon.toLowerCase()) ?? null);
    if (implementation !== null) add(log.address, implementation);
  }
  return found;
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
  const walk = orderedWalk(root, ({ error }) => error !== undefined);
  return [...walk].flatMap(({ call, log }) => (log ? [call] : []));
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

const addressIn = (word: string): string => `0x${word.slice(-ADDRESS_DIGITS)}`;
