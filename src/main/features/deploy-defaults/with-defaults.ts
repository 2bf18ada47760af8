import { withoutNulls } from '../../lib/without-nulls.ts';
import type { KindInput } from '../../shared/kind.ts';

type Input = Record<string, unknown>;

/**
 * A request's input, completed by defaults. A null in it means that there is none, whatever the
 * default says, and is in the result, too. Where the request names another entry or call than the
 * defaults do, what depends on it comes from the request alone.
 *
 * @param named what a request means by its entry and call, as `Kind.named` says it; null: nothing
 */
export async function withDefaults(
  inputs: readonly KindInput[],
  asked: Input,
  defaults: Input,
  named: (input: Input) => Promise<Input | null>,
): Promise<Input> {
  const input: Input = { ...asked };
  const others = new Set<string>();
  for (const { name, of } of inputs) {
    if (of !== undefined && others.has(of)) {
      others.add(name);
    } else if (asked[name] === undefined) {
      if (defaults[name] !== undefined) input[name] = defaults[name];
    } else if (hasDependent(inputs, name, defaults) && asked[name] !== defaults[name]) {
      const meant =
        asked[name] === null ? null : await named(withoutNulls({ ...defaults, ...asked }));
      if (meant?.[name] !== defaults[name]) others.add(name);
    }
  }
  return input;
}

const hasDependent = (inputs: readonly KindInput[], name: string, defaults: Input): boolean =>
  inputs.some(
    (one) =>
      one.of === name &&
      (defaults[one.name] !== undefined || hasDependent(inputs, one.name, defaults)),
  );

/** The inputs with these names, and those that they depend on. */
export function withAncestors(
  inputs: readonly KindInput[],
  names: Iterable<string>,
): ReadonlySet<string> {
  const all = new Set(names);
  for (const name of all) {
    const of = inputs.find((one) => one.name === name)?.of;
    if (of !== undefined) all.add(of);
  }
  return all;
}
