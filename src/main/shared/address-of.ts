import { addressProblem } from './address-problem.ts';
import { AppError } from './errors.ts';
import { isAddressShaped } from './hex.ts';
import type { KindInput } from './kind.ts';

/** The address that a text stands for on a network: one itself, a label, a name, or the index of an account; null: none. */
export type AddressOf = (text: string) => `0x${string}` | null;

/** Throws BAD_INPUT for a text that stands for none. */
export function neededAddress(text: string, addressOf: AddressOf, field: string): `0x${string}` {
  const problem = isAddressShaped(text) ? addressProblem(text) : null;
  const found = problem === null ? addressOf(text.trim()) : null;
  if (found) return found;
  throw new AppError(
    'BAD_INPUT',
    problem === null
      ? `No account or contract "${text.slice(0, 80)}" is known here. Give an address, a label, the index of an account of a chain, or the name of a contract.`
      : `${problem}.`,
    { field },
  );
}

/**
 * A request's input with addresses where it names accounts otherwise; indexes of accounts stay.
 * Throws BAD_INPUT.
 */
export function withAddresses(
  inputs: readonly KindInput[],
  given: Record<string, unknown>,
  addressOf: AddressOf,
): Record<string, unknown> {
  const named = inputs
    .filter(({ control }) => control === 'account')
    .flatMap(({ name }): [string, string][] => {
      const text = given[name];
      if (typeof text !== 'string' || /^(\d{1,3}|0x.*|)$/is.test(text.trim())) return [];
      return [[name, neededAddress(text, addressOf, name)]];
    });
  return { ...given, ...Object.fromEntries(named) };
}
