import { RpcError } from '../../eth/rpc.ts';
import type { ContractsResult } from '../../shared/result.ts';
import type { Standing } from '../contract.ts';
import type { Run } from '../family.ts';
import { codesAt, type RpcUrl, reachChain } from './chain-code.ts';
import type { CodeStore } from './code-store.ts';
import { onItsChain } from './codes-of-run.ts';
import type { ContractsCheck } from './contract.ts';

/** Asks the chain whether it has the contracts of a run, with the code that the run left there. */
export async function checkChain(
  { store, rpcUrl }: { store: CodeStore; rpcUrl: RpcUrl },
  { id, target, result }: Run<ContractsResult>,
): Promise<Standing & ContractsCheck> {
  const contracts = onItsChain(result);
  const unknown = (problem: string): Standing & ContractsCheck => ({
    live: 'unknown',
    problem,
    contracts: contracts.map(({ name, address }) => ({
      ...{ name, address, present: null, sameCode: null },
    })),
  });
  const recorded = store.codes(id);
  const reached = await reachChain(target, await rpcUrl(target), result?.chainId ?? null);
  if ('problem' in reached) return unknown(reached.problem);
  try {
    const codes = await codesAt(
      reached.call,
      contracts.map((contract) => contract.address),
    );
    const checked = contracts.map(({ name, address }) => {
      const there = codes.get(address.toLowerCase()) ?? null;
      const was = recorded.get(address.toLowerCase());
      const sameCode = there && was ? there.hash === was.hash : null;
      return { name, address, present: there !== null, sameCode };
    });
    const present = checked.filter((one) => one.present && one.sameCode !== false).length;
    return {
      live: present === 0 ? 'none' : present === checked.length ? 'all' : 'some',
      problem: contracts.length === 0 ? 'It deployed no contract.' : null,
      contracts: checked,
    };
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return unknown(`${target} does not answer: ${error.message}.`);
  }
}
