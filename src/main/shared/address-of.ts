import { addressProblem } from './address-problem.ts';
import { AppError } from './errors.ts';
import { isAddressShaped } from './hex.ts';
import type { KindInput } from './kind.ts';
import { nothingCalled } from './nothing-called.ts';

/** The address that a text stands for on a network: one itself, a label, a name, or the index of an account; null: none. */
export type AddressOf = (text: string) => `0x${string}` | null;

/** Throws BAD_INPUT for a text that stands for none. */
export function neededAddress(
  text: string,
  { addressOf, network, field }: { addressOf: AddressOf; network: string; field: string },
): `0x${string}` {
  const problem = isAddressShaped(text) ? addressProblem(text) : null;
  if (problem) throw new AppError('BAD_INPUT', `${problem}.`, { field });
  const found = addressOf(text.trim());
  if (found) return found;
  throw nothingCalled(text, { network, field, code: 'BAD_INPUT' });
}

/**
 * A request's input with addresses where it names accounts otherwise; indexes of accounts stay.
 * Throws BAD_INPUT.
 */
export function withAddresses(
  inputs: readonly KindInput[],
  given: Record<string, unknown>,
  on: { addressOf: AddressOf; network: string },
): Record<string, unknown> {
  const named = inputs
    .filter(({ control }) => control === 'account')
    .flatMap(({ name }): [string, string][] => {
      const text = given[name];
      if (typeof text !== 'string' || /^(\d{1,3}|0x.*|)$/is.test(text.trim())) return [];
      return [[name, neededAddress(text, { ...on, field: name })]];
    });
  return { ...given, ...Object.fromEntries(named) };
}
