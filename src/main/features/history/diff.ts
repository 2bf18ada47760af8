import type { Contract, Transaction } from '../deployments/contract.ts';
import type {
  CodeFacts,
  CommitRange,
  ContractDiff,
  DeploymentDiff,
  HistoryItem,
} from './contract.ts';
import { distinctNames } from './export/names.ts';

/** One deployment as far as it is compared. */
export interface DiffSide {
  item: HistoryItem;
  args: readonly string[];
  sender: string | null;
  command: string | null;
  contracts: readonly Contract[];
  transactions: readonly Transaction[];
  /** By address, in lower case. */
  codes: ReadonlyMap<string, { facts: CodeFacts | null; from: string }>;
  compilers: readonly string[];
  /** Names only; null when not recorded. */
  environment: readonly string[] | null;
}

type SideContract = NonNullable<ContractDiff['a']>;

/** What differs between two deployments. Pure; times, hashes and block numbers don't count. */
export function diffDeployments(a: DiffSide, b: DiffSide, commits: CommitRange): DeploymentDiff {
  const facts = factsOf(a, b);
  const contracts = contractsOf(a, b);
  const calls = callsOf(a, b);
  const environment = environmentOf(a, b);
  return {
    a: a.item,
    b: b.item,
    facts,
    contracts,
    calls,
    environment,
    commits,
    same:
      facts.every((fact) => !fact.changed) &&
      contracts.every((contract) => contract.changes.length === 0) &&
      calls.every((call) => !call.changed) &&
      environment.added.length === 0 &&
      environment.removed.length === 0,
  };
}

function factsOf(a: DiffSide, b: DiffSide): DeploymentDiff['facts'] {
  const fact = (name: string, of: (side: DiffSide) => string | number | null) => {
    const [left, right] = [of(a), of(b)].map((value) => (value === null ? null : String(value)));
    return { name, a: left ?? null, b: right ?? null, changed: left !== right };
  };
  return [
    fact('project', (side) => side.item.project.name),
    fact('network', (side) => side.item.network),
    fact('chain id', (side) => side.item.chainId),
    fact('result', (side) => side.item.status),
    fact('script', (side) => `${side.item.script} ${side.item.signature}`),
    fact('arguments', (side) => (side.args.length > 0 ? side.args.join(', ') : null)),
    fact('from', (side) => side.sender),
    fact('branch', (side) => side.item.branch),
    fact('commit', (side) => side.item.commit),
    fact('changed files', (side) => side.item.dirty),
    compilerOf(a, b),
    fact('gas', (side) => side.item.gasUsed),
  ];
}

/**
 * Of the contracts, as their code says; otherwise of the log, which is silent about a compile that
 * was not needed. What is not known differs from nothing.
 */
function compilerOf(a: DiffSide, b: DiffSide): DeploymentDiff['facts'][number] {
  const [inA, inB] = [codeCompilers(a), codeCompilers(b)];
  const inCode = inA.length > 0 && inB.length > 0;
  const [left = null, right = null] = (inCode ? [inA, inB] : [a.compilers, b.compilers]).map(
    (all) => all.join(', ') || null,
  );
  const known = left !== null && right !== null;
  return { name: 'compiler', a: left, b: right, changed: known && left !== right };
}

const codeCompilers = ({ codes }: DiffSide): string[] =>
  sorted([...codes.values()].flatMap(({ facts }) => facts?.compiler ?? []));

/** By name; those without one, and several of one name, in the order in which they were made. */
function contractsOf(a: DiffSide, b: DiffSide): ContractDiff[] {
  const left = namedContracts(a);
  const right = namedContracts(b);
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
  contracts: ReadonlyMap<string, SideContract>,
): (values: readonly string[] | null) => string | null {
  const names = new Map([...contracts].map(([name, one]) => [one.address.toLowerCase(), name]));
  const named = (address: string) => names.get(address.toLowerCase()) ?? address;
  return (values) =>
    values === null ? null : values.join(', ').replace(/0x[0-9a-f]{40}\b/gi, named);
}

function namedContracts(side: DiffSide): Map<string, SideContract> {
  const names = distinctNames(side.contracts.map((contract) => contract.name));
  return new Map(
    side.contracts.map((contract, i) => {
      const address = contract.address.toLowerCase();
      const code = side.codes.get(address);
      const creation = side.transactions.find(
        (t) => t.kind !== 'call' && t.address?.toLowerCase() === address,
      );
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

function changesOf(a: SideContract | null, b: SideContract | null): ContractDiff['changes'] {
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
function callsOf(a: DiffSide, b: DiffSide): DeploymentDiff['calls'] {
  const left = namedCalls(a);
  const right = namedCalls(b);
  const [meantInA, meantInB] = [meaning(namedContracts(a)), meaning(namedContracts(b))];
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

function namedCalls(side: DiffSide): Map<string, Transaction> {
  const calls = side.transactions.filter((t) => t.kind === 'call');
  const names = distinctNames(
    calls.map((t) => `${t.contractName ?? t.address ?? '?'}.${t.function ?? '(transfer)'}`),
  );
  return new Map(calls.map((call, i) => [names[i] as string, call]));
}

function argumentsOf(t: Transaction): string {
  const value = t.value === '0' ? '' : ` value ${t.value}`;
  return `(${t.arguments.join(', ')})${value}`;
}

function environmentOf(a: DiffSide, b: DiffSide): DeploymentDiff['environment'] {
  const [left, right] = [
    a.environment && sorted(a.environment),
    b.environment && sorted(b.environment),
  ];
  const known = left && right;
  return {
    a: left,
    b: right,
    added: known ? right.filter((name) => !left.includes(name)) : [],
    removed: known ? left.filter((name) => !right.includes(name)) : [],
  };
}

const sorted = (names: readonly string[]) => [...new Set(names)].sort();
