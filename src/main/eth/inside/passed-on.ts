import { toEventSelector } from 'viem';
import type { TracedCall } from './call-tree.ts';
import type { Log } from './decode-event.ts';
import { ASK_BEACON } from './proxy.ts';
import type { RecordedTransaction } from './recorded-transaction.ts';

/** https://eips.ethereum.org/EIPS/eip-1967 */
const UPGRADED = toEventSelector('Upgraded(address)');
const BEACON_UPGRADED = toEventSelector('BeaconUpgraded(address)');
/** A word that holds an address, hex digits with 0x. */
const WORD_DIGITS = 66;
const ADDRESS_DIGITS = 40;

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
 * The implementations of the contracts in a transaction, by address in lower case: those that ran, in
 * their order, then those that contracts were upgraded to. Of one that is not in it, none is told.
 */
export function implementationsIn({
  trace,
  receipt,
}: Pick<RecordedTransaction, 'trace' | 'receipt'>): Map<string, string[]> {
  const found = new Map<string, string[]>();
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
    if (passed !== null && call.to !== undefined) add(call.to, passed);
    const { to, input, output } = call;
    if (input === ASK_BEACON && to !== undefined && output?.length === WORD_DIGITS) {
      beacons.set(to.toLowerCase(), addressIn(output));
    }
    const inner = call.calls ?? [];
    for (let i = inner.length - 1; i >= 0; i--) open.push(inner[i] as TracedCall);
  }
  for (const log of receipt.logs ?? []) {
    const beacon = addressAfter(BEACON_UPGRADED, log);
    const implementation =
      beacon === null ? upgradedTo(log) : (beacons.get(beacon.toLowerCase()) ?? null);
    if (implementation !== null) add(log.address, implementation);
  }
  return found;
}

/** What a log says that its contract was upgraded to; null: it says nothing of that. */
export const upgradedTo = (log: Pick<Log, 'topics'>): string | null => addressAfter(UPGRADED, log);

function addressAfter(topic: string, { topics: [first, second] }: Pick<Log, 'topics'>) {
  return first === topic && second ? addressIn(second) : null;
}

const addressIn = (word: string): string => `0x${word.slice(-ADDRESS_DIGITS)}`;
