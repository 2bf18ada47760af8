import path from 'node:path';
import type { ProjectFiles } from '../lib/project-files.ts';
import type { Parameter } from '../shared/kind.ts';
import { AbiTypes } from './abi-types.ts';
import { type ImportRules, importResolver } from './imports.ts';
import { Scope } from './scope.ts';
import type { ContractDeclaration, ReadSource, SourceFile } from './source-files.ts';

/** A contract that can be created, as its source declares it. */
export interface DeclaredContract {
  /** Relative to the project, with forward slashes. */
  file: string;
  name: string;
  /** What its constructor takes; null: that could not be determined, and `note` says why. */
  inputs: Parameter[] | null;
  /** Its constructor takes ether. */
  payable: boolean;
  note?: string;
}

/** A file that nothing is known of. */
export interface UnreadFile {
  /** Relative to the project, with forward slashes; ".": all of them. */
  file: string;
  /** Why, as a sentence. */
  problem: string;
}

/** What sources of a project declare. */
export interface DeclaredContracts {
  /** Those that can be created by themselves. */
  contracts: DeclaredContract[];
  /** Of a file that was named, what else is in it. */
  others: { file: string; name: string; kind: 'abstract' | 'interface' }[];
  /** Files that can't be read, and may declare any contract. */
  unread: UnreadFile[];
  /** Not all files were read, or not all contracts are listed. */
  isCut: boolean;
}

export interface ContractsQuestion {
  /** Files to read, relative to the project with forward slashes. */
  sources: readonly string[];
  imports: ImportRules;
  /** A request names the file: its libraries count, and what else it holds is told. */
  named?: boolean;
}

const MOST_FILES = 500;
const MOST_CONTRACTS = 500;
/** Characters of what all constructors take. */
const MOST_LISTED = 500_000;

/**
 * The contracts in these files that are neither abstract nor interfaces nor libraries, in the order
 * of the files, and the files that can't be read. Reads at most 500 files.
 */
export async function declaredContracts(
  files: ProjectFiles,
  readSource: ReadSource,
  { sources, imports, named = false }: ContractsQuestion,
): Promise<DeclaredContracts> {
  const read = (file: string) => readSource(files, file);
  const types = new AbiTypes(new Scope(read, importResolver(files, imports)));
  const contracts: DeclaredContract[] = [];
  const others: DeclaredContracts['others'] = [];
  const unread: UnreadFile[] = [];
  let listed = 0;
  for (const file of sources.slice(0, MOST_FILES)) {
    const place = path.resolve(files.folder, file);
    const text = named ? undefined : files.textIfAny(place);
    if (text !== undefined && !mayDeclare(text)) continue;
    const source = await read(place);
    if (source.problem !== undefined) unread.push({ file, problem: source.problem });
    for (const contract of source.contracts.values()) {
      const { name, kind } = contract;
      if (named && (kind === 'abstract' || kind === 'interface')) {
        others.push({ file, name, kind });
      }
      if (kind !== 'contract' && !(named && kind === 'library')) continue;
      if (contracts.length >= MOST_CONTRACTS || listed > MOST_LISTED) {
        return { contracts, others, unread, isCut: true };
      }
      const found = {
        file,
        name: contract.name,
        ...(await constructorOf(contract, source, types)),
      };
      listed += JSON.stringify(found).length;
      contracts.push(found);
    }
  }
  return { contracts, others, unread, isCut: sources.length > MOST_FILES };
}

const DECLARATION = /\bcontract\s+[\w$]+\s*(?:[{/]|is\s|layout\s)/g;
const MOST_BETWEEN = 200;
/** Where a contract begins, however its declaration goes on. */
const BEGINNING = /^[ \t]*contract\b/m;
/** Where something else begins; a misspelt `contract` leaves a file without any of these. */
const OTHER = /^[ \t]*(?:abstract\s+contract|interface|library)\s+[\w$]+/m;

/** Most files declare interfaces, libraries or abstract contracts, and parsing takes milliseconds. */
function mayDeclare(text: string): boolean {
  if (BEGINNING.test(text) || (text.includes('{') && !OTHER.test(text))) return true;
  for (const { index } of text.matchAll(DECLARATION)) {
    const before = text.slice(Math.max(0, index - MOST_BETWEEN), index).trimEnd();
    if (!before.endsWith('abstract')) return true;
  }
  return false;
}

/** Those of what it inherits from are given their values by its own. */
async function constructorOf(
  contract: ContractDeclaration,
  source: SourceFile,
  types: AbiTypes,
): Promise<Pick<DeclaredContract, 'inputs' | 'payable' | 'note'>> {
  const own = contract.functions.find(({ isConstructor }) => isConstructor);
  if (!own) return { inputs: [], payable: false };
  const payable = own.stateMutability === 'payable';
  const inputs: Parameter[] = [];
  for (const one of own.parameters) {
    const input = await types.parameter(one, source, { source, contract });
    if (!input) {
      const note = `What the constructor of ${contract.name} takes is not known: a type in it was not found.`;
      return { inputs: null, payable, note };
    }
    inputs.push(input);
  }
  return { inputs, payable };
}
