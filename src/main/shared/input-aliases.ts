import { AppError } from './errors.ts';
import type { KindInput } from './kind.ts';

/**
 * A request's input with other names of inputs replaced by their own. Throws BAD_INPUT for an input
 * that is given by both.
 */
export function withoutAliases(
  inputs: readonly KindInput[],
  asked: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const input = { ...asked };
  for (const { name, alias } of inputs) {
    if (!alias || !Object.hasOwn(input, alias.name)) continue;
    const value = input[alias.name];
    delete input[alias.name];
    if (value === undefined) continue;
    if (input[name] !== undefined && input[name] !== null) {
      throw new AppError(
        'BAD_INPUT',
        `${alias.name} is another name of ${name}, and both are given. Give one of them.`,
        { field: alias.name },
      );
    }
    input[name] = value;
  }
  return input;
}
