import type { ReadNetwork } from '../network-reader.ts';
import { RpcError } from '../rpc.ts';
import type { TracedCall } from './call-tree.ts';
import type { RecordedTransaction } from './recorded-transaction.ts';

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

/**
 * A network of which nothing is there but what was recorded; to be used with `recordedNetwork`.
 *
 * @param why it tells nothing else
 */
export const absentNetwork = (name: string, why = 'it was not recorded'): ReadNetwork => ({
  ...{ name, chainId: 0, isOwn: true, isStopped: true },
  async call<T>(method: string): Promise<T> {
    if (method === 'eth_getCode') return '0x' as T;
    throw new RpcError(why, false);
  },
  // biome-ignore lint/correctness/useYield: there are none
  async *instructions() {
    throw new RpcError(why, false);
  },
});
