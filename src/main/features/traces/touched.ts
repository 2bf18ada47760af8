import { authorizationsOf } from '../../eth/inside/authorizations.ts';
import type { TracedCall } from '../../eth/inside/call-tree.ts';
import type { TouchedAddress, TouchedByCalls } from '../../eth/inside/indexed-chain.ts';
import { ranFirst } from '../../eth/inside/passed-on.ts';
import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';

/** A transaction that has to do with more is listed with so many of them. */
const MOST = 1000;

type Touching = Pick<RecordedTransaction, 'transaction' | 'trace' | 'preState'>;

/** What a transaction has touched, as far as its calls and what it has found are known. */
export async function touchedBy(recorded: Touching): Promise<TouchedByCalls> {
  const { transaction, trace } = recorded;
  const authorities = (await authorizationsOf(transaction)).flatMap(({ authority }) =>
    authority === null ? [] : [{ address: authority.toLowerCase(), role: 'called' as const }],
  );
  return {
    addresses: [...addressesIn(trace), ...authorities],
    implementation: trace && ((await ranFirst(recorded))?.[0] ?? ''),
  };
}

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
