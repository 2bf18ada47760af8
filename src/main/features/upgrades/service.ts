import { getAddress } from 'viem';
import type { FacetCut } from '../../eth/diamond-cut.ts';
import { isReplaceable, type ProxyAt, proxyAt } from '../../eth/inside/proxy.ts';
import { addressProblem } from '../../shared/address-problem.ts';
import { AppError } from '../../shared/errors.ts';
import { isAddressShaped } from '../../shared/hex.ts';
import type { ContractRef } from '../contracts/contract/ref.ts';
import type { CheckedUpgrade, CheckUpgradeInput, UpgradeReport } from './contract.ts';
import { CutCheck } from './cut-check.ts';
import { bySelector } from './function-check.ts';
import { type Compiled, compiledCode, deployedCode, type NewCode } from './new-code.ts';
import { type OpenProxy, UpgradeCheck, type UpgradeCheckDependencies } from './upgrade-check.ts';

/** @property called what the request calls it */
interface NamedProxy extends OpenProxy {
  called: string;
}

export interface UpgradesDependencies extends UpgradeCheckDependencies {
  ofRun: (deployment: number) => CheckedUpgrade[];
  hasDeployment: (id: number) => boolean;
  /** As the feature of contracts opens them. */
  opened: <T>(ref: ContractRef, work: (one: NamedProxy) => Promise<T>) => Promise<T>;
  compiled: (artifact: number) => Compiled;
  /** Rejects with ARTIFACT_NOT_FOUND, ARTIFACT_AMBIGUOUS. */
  artifactOf: (ref: string) => Promise<number>;
}

export function upgradesService(deps: UpgradesDependencies) {
  return {
    /** Rejects with NOT_A_PROXY, and as finding the new code does. */
    check: ({ to, arguments: texts, replay, ...ref }: CheckUpgradeInput): Promise<UpgradeReport> =>
      deps.opened(ref, async (proxy) => {
        const found = await replaceable(proxy);
        const code = () => named(deps, proxy, to, texts);
        if (found.kind !== 'diamond') {
          return new UpgradeCheck(deps, proxy, found).run({ code, replay });
        }
        await deps.fresh(proxy.project?.id);
        const facet = await code();
        return new CutCheck(deps, proxy, found).run({
          ...{ cuts: usualCuts(found, facet), init: null },
          code: async () => facet,
        });
      }),
    /** Throws DEPLOYMENT_NOT_FOUND. */
    ofRun(id: number): CheckedUpgrade[] {
      if (deps.hasDeployment(id)) return deps.ofRun(id);
      throw new AppError(
        'DEPLOYMENT_NOT_FOUND',
        `There is no deployment ${id}. See "drydock history".`,
      );
    },
  };
}

export type UpgradesService = ReturnType<typeof upgradesService>;

/** A proxy, or a diamond. Throws NOT_A_PROXY. */
async function replaceable({ from, address, called }: NamedProxy): Promise<ProxyAt> {
  const code = await from.call<string>('eth_getCode', [address, 'latest']);
  const found = await proxyAt(from.call, address, code);
  if (found && isReplaceable(found)) return found;
  const what =
    found?.kind === 'clone'
      ? `${called} is a clone, which runs the same code for ever`
      : found
        ? `${called} is an account that delegates to a contract, which only its own key replaces`
        : `${called} at ${address} passes its calls on to nothing that is known`;
  throw new AppError(
    'NOT_A_PROXY',
    `${what}: there is no implementation to compare with. Name the proxy whose implementation is to be replaced.`,
    { field: 'contract' },
  );
}

/** Stands for a facet that is on no chain yet. */
const NOWHERE = `0x${'0'.repeat(40)}`;

/** All functions of a facet lead to it: those that the diamond has, and the others. */
function usualCuts({ selectors }: ProxyAt, { name, address, abi }: NewCode): FacetCut[] {
  if (abi === null) {
    throw new AppError(
      'ARTIFACT_NOT_FOUND',
      `No compiled contract has the code of ${name ?? address}, so its functions are not known. Name a compiled contract.`,
      { field: 'to' },
    );
  }
  const now = new Set(selectors?.flat().map((one) => one.toLowerCase()));
  const all = [...bySelector(abi).keys()];
  const facet = address ?? NOWHERE;
  return [
    { action: 'replace', facet, selectors: all.filter((one) => now.has(one)) },
    { action: 'add', facet, selectors: all.filter((one) => !now.has(one)) },
  ];
}

/** What a request calls the new code. */
async function named(
  { byRuntime, compiled, artifactOf }: UpgradesDependencies,
  { from, project }: OpenProxy,
  to: string,
  texts: readonly string[],
): Promise<NewCode> {
  const ref = to.trim();
  if (!isAddressShaped(ref)) return compiledCode(from, compiled(await artifactOf(ref)), texts);
  const problem = addressProblem(ref);
  if (problem) throw new AppError('BAD_INPUT', `${problem}.`, { field: 'to' });
  const address = getAddress(ref.toLowerCase());
  const code = await from.call<string>('eth_getCode', [address, 'latest']);
  if (code === '0x') {
    throw new AppError(
      'CONTRACT_NOT_FOUND',
      `There is no contract at ${address} on ${from.name}. Give the address of the new implementation, or the name of a compiled contract.`,
      { field: 'to' },
    );
  }
  const known = byRuntime(code, { project: project?.id });
  return deployedCode(from, address, known && compiled(known.id));
}
