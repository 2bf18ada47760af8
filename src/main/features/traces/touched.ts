import type { TracedCall } from '../../eth/inside/call-tree.ts';
import type { TouchedAddress } from '../../eth/inside/indexed-chain.ts';

/** A transaction that has to do with more is listed with so many of them. */
const MOST = 1000;

/** The addresses that the calls within a transaction went to, and those that they created for good. */
export function touchedBy(root: TracedCall | null): TouchedAddress[] {
  const found = new Map<string, TouchedAddress>();
  const open = root ? [{ call: root, undone: false }] : [];
  for (let next = open.pop(); next && found.size < MOST; next = open.pop()) {
    const { call, undone } = next;
    const failed = undone || call.error !== undefined;
    if (call !== root && call.to) {
      const role = call.type.startsWith('CREATE') && !failed ? 'created' : 'called';
      found.set(`${role} ${call.to}`, { address: call.to, role });
    }
    for (const inner of call.calls ?? []) open.push({ call: inner, undone: failed });
  }
  return [...found.values()];
}
