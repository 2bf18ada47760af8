import { AppError } from '../../shared/errors.ts';
import type { DeclaredContract, DeclaredContracts } from '../../solidity/declared-contracts.ts';
import { nameOf } from './contract-entries.ts';
import { unreadSource } from './unread-source.ts';

/** Where a project's contracts are looked for. */
export interface ContractPlace {
  /** What the project's own sources declare. */
  all(): Promise<DeclaredContracts>;
  /** What a file declares, relative to the project with forward slashes. */
  named(file: string): Promise<DeclaredContracts>;
  exists(file: string): boolean;
}

/** How a request names a contract; without a file: any that is of the project's own. */
export interface WantedContract {
  /** Relative to the project, with forward slashes. */
  file?: string;
  name?: string;
}

/** How many are listed in a message. */
const MOST_LISTED = 20;

/** `file:Name`, `file`, or a name alone. */
export function wantedContract(typed: string): WantedContract {
  if (isBareName(typed)) return { name: typed };
  const colon = typed.lastIndexOf(':');
  const isPair = colon > 0 && isBareName(typed.slice(colon + 1));
  return isPair ? { file: typed.slice(0, colon), name: typed.slice(colon + 1) } : { file: typed };
}

/** Whether a text can be the name of a contract alone. */
export const isBareName = (text: string): boolean => /^[A-Za-z_$][\w$]*$/.test(text);

/**
 * The contract that is meant. What its constructor takes is not known when its file can't be read.
 * Throws SCRIPT_NOT_FOUND and SCRIPT_AMBIGUOUS with the possible choices, and SOURCE_UNREADABLE when
 * it may be in a file that can't be read.
 */
export async function chooseContract(
  { file, name }: WantedContract,
  place: ContractPlace,
): Promise<DeclaredContract> {
  if (file !== undefined && !place.exists(file)) {
    throw notFound(`There is no file ${file} in the project. Name a contract with its file.`);
  }
  const { contracts, others, unread } = await (file === undefined
    ? place.all()
    : place.named(file));
  const fitting = contracts.filter((one) => name === undefined || one.name === name);
  const [only, second] = fitting;
  if (name === undefined && unread.length > 0) throw unreadSource(unread);
  if (only && !second) return only;
  if (only) {
    const several =
      name === undefined
        ? `${file ?? 'The project'} has several contracts. Name one`
        : `The project has several contracts ${name}. Name one with its file`;
    throw new AppError('SCRIPT_AMBIGUOUS', `${several}: ${listed(fitting)}.`, { field: 'script' });
  }
  const other = others.find((one) => one.name === name);
  if (other) {
    throw notFound(
      `${nameOf(other)} is ${kindWords[other.kind] ?? 'no contract'}, which can't be deployed by itself.${contracts.length > 0 ? ` There are: ${listed(contracts)}.` : ''}`,
    );
  }
  if (file !== undefined && name !== undefined && unread.length > 0) {
    return { file, name, inputs: null, payable: true };
  }
  if (unread.length > 0) {
    throw unreadSource(unread, {
      before: `No contract ${name} was found in what can be read.`,
      after: contracts.length > 0 ? `There are: ${listed(contracts)}.` : '',
    });
  }
  const what = ['no contract', name, file && `in ${file}`].filter(Boolean).join(' ');
  throw notFound(
    contracts.length > 0
      ? `There is ${what} that can be deployed. There are: ${listed(contracts)}.`
      : `There is ${what} that can be deployed. Name a contract with its file, as in src/Token.sol:Token.`,
  );
}

const kindWords: Record<string, string> = {
  abstract: 'abstract',
  interface: 'an interface',
};

const listed = (contracts: readonly DeclaredContract[]): string => {
  const names = contracts.slice(0, MOST_LISTED).map(nameOf).join(', ');
  const more = contracts.length - MOST_LISTED;
  return more > 0 ? `${names} and ${more} more` : names;
};

const notFound = (message: string) =>
  new AppError('SCRIPT_NOT_FOUND', message, { field: 'script' });
