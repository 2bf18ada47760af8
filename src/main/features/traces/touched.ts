import type { TracedCall } from '../../eth/inside/call-tree.ts';
import type { TouchedAddress, TouchedByCalls } from '../../eth/inside/indexed-chain.ts';
import { passedOnTo } from '../../eth/inside/passed-on.ts';

/** A transaction that has to do with more is listed with so many of them. */
const MOST = 1000;

/** What the calls of a transaction say of it; null: they are not known. */
export const touchedBy = (root: TracedCall | null): TouchedByCalls => ({
  addresses: addressesIn(root),
  implementation: root && (isCreation(root) ? '' : (passedOnTo(root) ?? '')),
});

const isCreation = ({ type }: TracedCall): boolean => type.startsWith('CREATE');

/** The addresses that the calls within a transaction went to, and those that they created for good. */
function addressesIn(root: TracedCall | null): TouchedAddress[] {
  const found = new Map<string, TouchedAddress>();
  const open = root ? [{ call: root, undone: false }] : [];
  for (let next = open.pop(); next && found.size < MOST; next = open.pop()) {
    const { call, undone } = next;
    const failed = undone || call.error !== undefined;
    if (call !== root && call.to) {
      const role = isCreation(call) && !failed ? 'created' : 'called';
      found.set(`${role} ${call.to}`, { address: call.to, role });
    }
    for (const inner of call.calls ?? []) open.push({ call: inner, undone: failed });
  }
  return [...found.values()];
}
