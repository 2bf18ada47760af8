import type { Entry } from '../../shared/kind.ts';
import type {
  DeclaredContract,
  DeclaredContracts,
  UnreadFile,
} from '../../solidity/declared-contracts.ts';
import { constructorCall } from './constructor-call.ts';

const GROUP = 'Contracts';

/** How a request names it. */
export const nameOf = ({ file, name }: Pick<DeclaredContract, 'file' | 'name'>): string =>
  `${file}:${name}`;

/**
 * Contracts as entries whose only call is their constructor, then the files that can't be read.
 *
 * @param argumentsInput the input with their arguments, where not every entry has one
 */
export function contractEntries(
  { contracts, unread, isCut }: DeclaredContracts,
  argumentsInput?: string,
): Entry[] {
  const entries = [
    ...contracts.map((one) => entryOf(one, argumentsInput)),
    ...unread.map(unreadEntry),
  ];
  return isCut ? [...entries, more] : entries;
}

function entryOf(contract: DeclaredContract, argumentsInput: string | undefined): Entry {
  const { name, inputs, payable, note } = contract;
  const call = constructorCall(contract);
  const parameters = inputs ?? [];
  return {
    value: nameOf(contract),
    label: name,
    group: GROUP,
    isDefault: false,
    calls: [{ value: call, label: 'constructor', isDefault: true, parameters }],
    asks: {
      ...(argumentsInput !== undefined && parameters.length > 0 ? { [argumentsInput]: [] } : {}),
      ...(payable ? { value: [] } : {}),
      libraries: [],
    },
    ...(note === undefined ? {} : { note }),
  };
}

const unreadEntry = ({ file, problem }: UnreadFile): Entry => ({
  ...{ value: file, label: file, group: GROUP, isDefault: false, calls: [] },
  problem,
});

const more: Entry = {
  value: 'other contracts',
  label: 'other contracts',
  group: GROUP,
  isDefault: false,
  calls: [],
  leftOut: 'There are more than can be listed. Name one with its file, as in src/Token.sol:Token.',
};
