import type { ReadNetwork } from '../network-reader.ts';
import { RpcError } from '../rpc.ts';
import { withAuthorizations } from './authorizations.ts';
import type { TracedCall } from './call-tree.ts';
import { createdCodes } from './created-codes.ts';
import { implementationsIn } from './passed-on.ts';
import type { PreState, RecordedTransaction } from './recorded-transaction.ts';

/**
 * A network with the contracts that the calls of a transaction have found and made, which may be gone
 * since. What it did not touch is as it is now.
 */
export async function recordedNetwork(
  from: ReadNetwork,
  recorded: RecordedTransaction,
): Promise<ReadNetwork> {
  const { transaction, trace } = recorded;
  const preState = await withAuthorizations(transaction, recorded.preState ?? {});
  const calls = trace ? [...callsIn(trace)] : [];
  const created = createdCodes(trace);
  const codes = codesOf(preState, created);
  const implementations = await implementationsIn(recorded);
  const accounts = new Map(
    Object.entries(preState).map(([at, account]) => [at.toLowerCase(), account]),
  );
  const asWas = (method: string, [asked, slot]: unknown[]): string | undefined => {
    if (method === 'eth_call') return returnedFrom(calls, asked as AskedCall);
    const at = String(asked).toLowerCase();
    if (method === 'eth_getCode') return codes.get(at);
    // What was created meanwhile had stored nothing before.
    if (method !== 'eth_getStorageAt' || created.has(at)) return undefined;
    return accounts.get(at)?.storage?.[String(slot)];
  };
  return {
    ...from,
    behind: async (address) =>
      implementations.get(address) ?? (await from.behind?.(address)) ?? null,
    call: async <T>(method: string, params: unknown[] = []) =>
      (asWas(method, params) as T | undefined) ?? from.call<T>(method, params),
  };
}

function* callsIn(root: TracedCall): Generator<TracedCall> {
  const open = [root];
  for (let call = open.pop(); call; call = open.pop()) {
    yield call;
    for (const inner of call.calls ?? []) open.push(inner);
  }
}

function codesOf(preState: PreState, created: ReadonlyMap<string, string>): Map<string, string> {
  const codes = new Map(created);
  for (const [address, { code }] of Object.entries(preState)) {
    if (code) codes.set(address.toLowerCase(), code);
  }
  return codes;
}

interface AskedCall {
  to?: string;
  data?: string;
}

/** What a contract has returned to the same question within the transaction. */
function returnedFrom(calls: readonly TracedCall[], { to, data }: AskedCall): string | undefined {
  const same = calls.find(
    (call) =>
      call.type === 'STATICCALL' &&
      call.error === undefined &&
      call.input?.toLowerCase() === data?.toLowerCase() &&
      call.to?.toLowerCase() === to?.toLowerCase(),
  );
  return same?.output;
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
