import { toEventSelector } from 'viem';
import { PROXY_SLOTS } from '../../eth/inside/proxy.ts';
import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';

/** https://eips.ethereum.org/EIPS/eip-1967 */
const ADMIN_CHANGED = toEventSelector('AdminChanged(address,address)');
const BEACON_UPGRADED = toEventSelector('BeaconUpgraded(address)');
const UPGRADED = toEventSelector('Upgraded(address)');
const WORD_DIGITS = 64;

/** Where proxies keep what passes for their implementation, which may have been replaced since. */
const OF_IMPLEMENTATIONS: readonly string[] = [
  ...[PROXY_SLOTS.implementation, PROXY_SLOTS.proxiable, PROXY_SLOTS.zeppelinos],
  // Of a Safe.
  `0x${'0'.repeat(WORD_DIGITS)}`,
];

const wordOf = (hex: string): string => `0x${hex.slice(2).padStart(WORD_DIGITS, '0')}`;

/**
 * What a place in which proxies keep addresses holds, as transactions have told it.
 *
 * @param transactions of the contract, the newest first
 * @param behind what ran behind it last, or what it was upgraded to since; absent: that isn't known
 * @returns null: they tell nothing of it
 */
export function recordedSlot(
  transactions: Iterable<RecordedTransaction>,
  address: string,
  slot: string,
  behind: string | undefined,
): string | null {
  for (const transaction of transactions) {
    const word = wordIn(transaction, address.toLowerCase(), wordOf(slot));
    if (word === null) continue;
    const isReplaced = OF_IMPLEMENTATIONS.includes(wordOf(slot)) && BigInt(word) !== 0n;
    return isReplaced && behind !== undefined ? wordOf(behind) : word;
  }
  return null;
}

/** By what it wrote to it according to its events, otherwise as it has found it. */
function wordIn(
  { preState, receipt }: RecordedTransaction,
  address: string,
  slot: string,
): string | null {
  for (const log of (receipt.logs ?? []).toReversed()) {
    if (log.address.toLowerCase() !== address) continue;
    const [topic, first] = log.topics;
    if (slot === PROXY_SLOTS.beacon && topic === BEACON_UPGRADED && first) return first;
    if (slot === PROXY_SLOTS.admin && topic === ADMIN_CHANGED) {
      return `0x${log.data.slice(-WORD_DIGITS)}`;
    }
    if (slot === PROXY_SLOTS.implementation && topic === UPGRADED && first) return first;
  }
  for (const [at, { storage = {} }] of Object.entries(preState ?? {})) {
    if (at.toLowerCase() === address && storage[slot] !== undefined) return wordOf(storage[slot]);
  }
  return null;
}
