import { distinctNames } from '../../lib/distinct-names.ts';
import { sharedNames, tellingName } from '../../shared/contract-label.ts';
import { addressesIn } from '../../shared/hex.ts';
import type {
  Contract,
  ContractsResult,
  ContractsSummary,
  Transaction,
} from '../../shared/result.ts';
import type { FactDiff } from '../contract.ts';
import { factOf } from '../fact.ts';
import type { Difference } from '../family.ts';
import type { Codes } from './codes-of-run.ts';
import type { ContractDiff, ContractSide, ContractsDiff } from './contract.ts';
import { creationOf } from './creation.ts';

/** One run as far as it is compared. */
export interface DiffSide {
  summary: ContractsSummary | null;
  result: Pick<ContractsResult, 'contracts' | 'transactions'> | null;
  codes: Codes;
  /** As the log names them. */
  compilers: readonly string[];
}

/**
 * What differs between what two runs put on chains. Pure; times, hashes and block numbers don't
 * count. Null stands for a run of another family.
 */
export function diffContracts(a: DiffSide | null, b: DiffSide | null): Difference<ContractsDiff> {
  if (!a && !b) return { facts: [], parts: { contracts: [], calls: [] }, same: true };
  const [left, right] = [a ?? NOTHING, b ?? NOTHING];
  const facts = factsOf(left, right);
  const contracts = contractDiffs(left, right);
  const calls = callDiffs(left, right);
  const same =
    facts.every((fact) => !fact.changed) &&
    contracts.every((contract) => contract.changes.length === 0) &&
    calls.every((call) => !call.changed);
  return { facts, parts: { contracts, calls }, same };
}

const NOTHING: DiffSide = { summary: null, result: null, codes: new Map(), compilers: [] };

function factsOf(a: DiffSide, b: DiffSide): FactDiff[] {
  const fact = (name: string, of: (summary: ContractsSummary) => string | number | null) =>
    factOf(name, a.summary && of(a.summary), b.summary && of(b.summary));
  return [
    fact('chain id', ({ chainId }) => chainId),
    fact('sender', ({ sender }) => sender),
    compilerOf(a, b),
    fact('gas', ({ gasUsed }) => gasUsed),
  ];
}

/**
 * Of the contracts, as their code says; otherwise of the log, which is silent about a compile that
 * was not needed. What is not known differs from nothing.
 */
function compilerOf(a: DiffSide, b: DiffSide): FactDiff {
  const [inA, inB] = [codeCompilers(a), codeCompilers(b)];
  const inCode = inA.length > 0 && inB.length > 0;
  const [left = null, right = null] = (inCode ? [inA, inB] : [a.compilers, b.compilers]).map(
    (all) => all.join(', ') || null,
  );
  const fact = factOf('compiler', left, right);
  return { ...fact, changed: fact.changed && left !== null && right !== null };
}

const codeCompilers = ({ codes }: DiffSide): string[] =>
  [...new Set([...codes.values()].flatMap(({ facts }) => facts?.compiler ?? []))].sort();

/**
 * By name; several of one name by what the project calls them; those without a name, and the rest
 * of one name, in the order in which they were made.
 */
function contractDiffs(a: DiffSide, b: DiffSide): ContractDiff[] {
  const [left, right] = namedInBoth(a, b);
  const [meantInA, meantInB] = [meaning(left), meaning(right)];
  return [...new Set([...left.keys(), ...right.keys()])].map((name) => {
    const [one, other] = [left.get(name) ?? null, right.get(name) ?? null];
    const changes = changesOf(one, other);
    if (one && other && meantInA(one.arguments) !== meantInB(other.arguments)) {
      changes.push('arguments');
    }
    return { name, a: one, b: other, changes };
  });
}

/**
 * Values as text in which the deployment's own contracts stand for themselves: a token that was
 * deployed again is still "the token" where its address is handed on.
 */
function meaning(
  contracts: ReadonlyMap<string, ContractSide>,
): (values: readonly string[] | null) => string | null {
  const names = new Map([...contracts].map(([name, one]) => [one.address.toLowerCase(), name]));
  const named = (address: string) => names.get(address.toLowerCase()) ?? address;
  return (values) => (values === null ? null : values.join(', ').replace(addressesIn, named));
}

type Named = Map<string, ContractSide>;

/** What has to be told apart on one side goes by the same name on the other. */
function namedInBoth(a: DiffSide, b: DiffSide): [Named, Named] {
  const shared = new Set([a, b].flatMap(({ result }) => [...sharedNames(result?.contracts ?? [])]));
  return [namedContracts(a, shared), namedContracts(b, shared)];
}

function namedContracts({ result, codes }: DiffSide, shared: ReadonlySet<string | null>): Named {
  const { contracts = [], transactions = [] } = result ?? {};
  const names = distinctNames(contracts.map((one) => nameOf(one, shared)));
  return new Map(
    contracts.map((contract, i) => {
      const address = contract.address.toLowerCase();
      const code = codes.get(address);
      const creation = creationOf(contract, transactions);
      return [
        names[i] as string,
        {
          address: contract.address,
          code: code?.facts ?? null,
          codeFrom: code?.from ?? 'not recorded',
          arguments: creation ? creation.arguments : null,
          gasUsed: creation?.gasUsed ?? null,
        },
      ];
    }),
  );
}

/** On a chain beside that of the run, a contract is another one. */
function nameOf(contract: Contract, shared: ReadonlySet<string | null>): string | null {
  const { chainId, elsewhere } = contract;
  const name = tellingName(contract, shared);
  return elsewhere === null ? name : `${name ?? 'Unnamed'} on chain ${chainId}`;
}

function changesOf(a: ContractSide | null, b: ContractSide | null): ContractDiff['changes'] {
  if (!a || !b) return a ? ['removed'] : ['added'];
  const changes: ContractDiff['changes'] = [];
  if (a.address.toLowerCase() !== b.address.toLowerCase()) changes.push('address');
  if (a.code && b.code && a.code.hash !== b.code.hash) {
    changes.push(a.code.bareHash === b.code.bareHash ? 'metadata' : 'code');
  }
  if (a.code?.compiler && b.code?.compiler && a.code.compiler !== b.code.compiler) {
    changes.push('compiler');
  }
  if (a.gasUsed !== null && b.gasUsed !== null && a.gasUsed !== b.gasUsed) changes.push('gas');
  return changes;
}

/** Calls are compared by what is called, and the n-th of a kind with the n-th. */
function callDiffs(a: DiffSide, b: DiffSide): ContractsDiff['calls'] {
  const left = namedCalls(a);
  const right = namedCalls(b);
  const [inA, inB] = namedInBoth(a, b);
  const [meantInA, meantInB] = [meaning(inA), meaning(inB)];
  return [...new Set([...left.keys(), ...right.keys()])].map((name) => {
    const [one, other] = [left.get(name), right.get(name)];
    const [textA, textB] = [one && argumentsOf(one), other && argumentsOf(other)];
    return {
      name,
      a: textA ?? null,
      b: textB ?? null,
      gasA: one?.gasUsed ?? null,
      gasB: other?.gasUsed ?? null,
      changed: meantInA(textA ? [textA] : null) !== meantInB(textB ? [textB] : null),
    };
  });
}

function namedCalls({ result }: DiffSide): Map<string, Transaction> {
  const calls = (result?.transactions ?? []).filter((t) => t.kind === 'call');
  const names = distinctNames(
    calls.map((t) => `${t.contractName ?? t.address ?? '?'}.${t.function ?? '(transfer)'}`),
  );
  return new Map(calls.map((call, i) => [names[i] as string, call]));
}

function argumentsOf(t: Transaction): string {
  const value = t.value === '0' ? '' : ` value ${t.value}`;
  return `(${t.arguments.join(', ')})${value}`;
}
