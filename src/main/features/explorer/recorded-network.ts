import type { TracedCall } from '../../eth/inside/call-tree.ts';
import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';

/**
 * A network with the contracts that a transaction has found and made, which may be gone since. What
 * it did not touch is as it is now.
 */
export function recordedNetwork(from: ReadNetwork, recorded: RecordedTransaction): ReadNetwork {
  const codes = codesOf(recorded);
  const accounts = new Map(
    Object.entries(recorded.preState ?? {}).map(([at, account]) => [at.toLowerCase(), account]),
  );
  const asWas = (method: string, [address, slot]: unknown[]): string | undefined => {
    const at = String(address).toLowerCase();
    if (method === 'eth_getCode') return codes.get(at);
    if (method === 'eth_getStorageAt') return accounts.get(at)?.storage?.[String(slot)];
    return undefined;
  };
  return {
    ...from,
    call: async <T>(method: string, params: unknown[] = []) =>
      (asWas(method, params) as T | undefined) ?? from.call<T>(method, params),
  };
}

function codesOf({ preState, trace }: RecordedTransaction): Map<string, string> {
  const codes = new Map<string, string>();
  const open: TracedCall[] = trace ? [trace] : [];
  for (let call = open.pop(); call; call = open.pop()) {
    const { type, to, output, error } = call;
    if (type.startsWith('CREATE') && to && output && error === undefined) {
      codes.set(to.toLowerCase(), output);
    }
    for (const inner of call.calls ?? []) open.push(inner);
  }
  for (const [address, { code }] of Object.entries(preState ?? {})) {
    if (code) codes.set(address.toLowerCase(), code);
  }
  return codes;
}
