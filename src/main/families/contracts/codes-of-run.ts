import { RpcError } from '../../eth/rpc.ts';
import type { Contract, ContractsResult } from '../../shared/result.ts';
import type { Run } from '../family.ts';
import { codesAt, type RpcUrl, reachChain } from './chain-code.ts';
import type { CodeStore } from './code-store.ts';
import type { CodeFacts } from './contract.ts';

/** By address, in lower case: the code, and where it is known from or why it isn't. */
export type Codes = ReadonlyMap<string, { facts: CodeFacts | null; from: string }>;

/** What went elsewhere isn't on the chain of the run. */
export const onItsChain = (result: ContractsResult | null): Contract[] =>
  (result?.contracts ?? []).filter((contract) => contract.elsewhere === null);

/**
 * What was recorded at the end of the run; otherwise what is on the chain, but only for a live
 * deployment: after a revert another contract may stand at the same address.
 */
export async function codesOfRun(
  { store, rpcUrl }: { store: CodeStore; rpcUrl: RpcUrl },
  { id, live, target, result }: Run<ContractsResult>,
): Promise<Codes> {
  const recorded = store.codes(id);
  const codes = new Map<string, { facts: CodeFacts | null; from: string }>();
  for (const [address, facts] of recorded) {
    codes.set(address, { facts, from: 'recorded at the end of the run' });
  }
  const missing = onItsChain(result)
    .map((contract) => contract.address.toLowerCase())
    .filter((address) => !recorded.has(address));
  if (missing.length === 0) return codes;
  const all = (from: string) => {
    for (const address of missing) codes.set(address, { facts: null, from });
    return codes;
  };
  if (!live) return all('not recorded at the end of the run, and not on the chain any more');
  const reached = await reachChain(target, await rpcUrl(target), result?.chainId ?? null);
  if ('problem' in reached) return all(`not recorded: ${reached.problem}`);
  try {
    for (const [address, facts] of await codesAt(reached.call, missing)) {
      codes.set(address, { facts, from: facts ? 'from the chain' : 'no code at this address' });
    }
    return codes;
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return all(`not recorded: ${target} does not answer: ${error.message}.`);
  }
}
