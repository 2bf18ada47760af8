import { RpcError } from '../../kit/rpc.ts';
import type { DeploymentDetail } from '../deployments/contract.ts';
import { codesAt, reachChain } from './chain-code.ts';
import type { HistoryItem } from './contract.ts';
import type { DiffSide } from './diff.ts';
import type { HistoryStore } from './store.ts';

export interface CompareParts {
  store: HistoryStore;
  rpcUrl: (network: string) => Promise<string | null | undefined>;
}

/** Gathers what is known of one deployment for a comparison; its chain is asked if need be. */
export async function sideOf(
  parts: CompareParts,
  item: HistoryItem,
  detail: DeploymentDetail,
): Promise<DiffSide> {
  return {
    item,
    args: detail.args,
    sender: detail.from,
    command: detail.command,
    contracts: detail.contracts,
    transactions: detail.transactions,
    codes: await codesOf(parts, item, detail),
    compilers: compilersOf(parts.store.compilerLines(item.id)),
    environment: environmentOf(detail.command),
  };
}

/**
 * What was recorded at the end of the run; otherwise what is on the chain, but only for a live
 * deployment: after a revert another contract may stand at the same address.
 */
async function codesOf(
  { store, rpcUrl }: CompareParts,
  item: HistoryItem,
  detail: DeploymentDetail,
): Promise<DiffSide['codes']> {
  const recorded = store.codes(item.id);
  const codes = new Map<string, { facts: DiffSideCode; from: string }>();
  for (const [address, facts] of recorded) {
    codes.set(address, { facts, from: 'recorded at the end of the run' });
  }
  const missing = detail.contracts
    .map((contract) => contract.address.toLowerCase())
    .filter((address) => !recorded.has(address));
  if (missing.length === 0) return codes;
  const all = (from: string) => {
    for (const address of missing) codes.set(address, { facts: null, from });
    return codes;
  };
  if (!item.live) {
    return all('not recorded at the end of the run, and not on the chain any more');
  }
  const url = await rpcUrl(detail.network);
  const reached = await reachChain(detail.network, url, detail.chainId);
  if ('problem' in reached) return all(`not recorded: ${reached.problem}`);
  try {
    for (const [address, facts] of await codesAt(reached.call, missing)) {
      codes.set(address, { facts, from: facts ? 'from the chain' : 'no code at this address' });
    }
    return codes;
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return all(`not recorded: ${detail.network} does not answer: ${error.message}.`);
  }
}

type DiffSideCode = NonNullable<ReturnType<DiffSide['codes']['get']>>['facts'];

/** `Compiling 41 files with Solc 0.8.30`: a run that compiled nothing says nothing. */
export function compilersOf(lines: readonly string[]): string[] {
  const found = lines.flatMap((line) => {
    const version = /with Solc (\d+\.\d+\.\d+)/.exec(line)?.[1];
    return version ? [`solc ${version}`] : [];
  });
  return [...new Set(found)].sort();
}

/** The variables that stood before the command that was run; null when none was run. */
export function environmentOf(command: string | null): string[] | null {
  if (command === null) return null;
  const names: string[] = [];
  const assignment = /^([A-Za-z_]\w*)=(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])*\s+/;
  for (let rest = command; ; ) {
    const found = assignment.exec(rest);
    if (!found) return names;
    names.push(found[1] as string);
    rest = rest.slice(found[0].length);
  }
}
