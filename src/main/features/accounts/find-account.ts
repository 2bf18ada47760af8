import { getAddress, type Hex } from 'viem';
import { addressProblem } from '../../shared/address-problem.ts';
import { AppError } from '../../shared/errors.ts';
import { isAddressShaped } from '../../shared/hex.ts';
import { nothingCalled } from '../../shared/nothing-called.ts';

export interface AccountNames {
  /** What a label or the name of a contract stands for; null: nothing. */
  addressCalled: (network: string, text: string) => string | null;
  /** The development accounts of a network, in their order; of a remote one none. */
  accountsOn: (network: string) => readonly Hex[];
}

/**
 * The address that a text stands for: itself, a label, the index of a development account or the
 * name of a contract. Throws ACCOUNT_NOT_FOUND, CONTRACT_AMBIGUOUS, and BAD_INPUT for an
 * address with a wrong checksum.
 *
 * @param field of the input that the text comes from
 */
export function findAccount(
  { addressCalled, accountsOn }: AccountNames,
  network: string,
  text: string,
  field: string,
): Hex {
  if (isAddressShaped(text)) {
    const problem = addressProblem(text);
    if (problem) throw new AppError('BAD_INPUT', `${problem}.`, { field });
    return getAddress(text.toLowerCase());
  }
  const found = /^\d{1,3}$/.test(text)
    ? accountsOn(network)[Number(text)]
    : addressCalled(network, text);
  if (found) return getAddress(found);
  throw nothingCalled(text, { network, field, code: 'ACCOUNT_NOT_FOUND' });
}
