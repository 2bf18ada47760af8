import type { ContractsResult } from '../../shared/result.ts';
import type { Run } from '../family.ts';
import { codesAt, type RpcUrl, reachChain } from './chain-code.ts';
import type { CodeStore } from './code-store.ts';
import { onItsChain } from './codes-of-run.ts';
import type { CodeFacts } from './contract.ts';

/**
 * Records the code that a run left on its chain: it can't be read any more once it is
 * reverted. What could not be recorded is missing, and said so. Rejects with RpcError.
 */
export async function keepCode(
  { store, rpcUrl }: { store: CodeStore; rpcUrl: RpcUrl },
  { id, target, result }: Run<ContractsResult>,
): Promise<void> {
  const known = store.codes(id);
  const addresses = onItsChain(result)
    .map((contract) => contract.address)
    .filter((address) => !known.has(address.toLowerCase()));
  if (addresses.length === 0) return;
  const reached = await reachChain(target, await rpcUrl(target), result?.chainId ?? null);
  if ('problem' in reached) return;
  const found = new Map<string, CodeFacts>();
  for (const [address, facts] of await codesAt(reached.call, addresses)) {
    if (facts) found.set(address, facts);
  }
  store.putCodesOfLive(id, found);
}
