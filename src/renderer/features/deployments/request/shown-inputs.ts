import type { Call, Choices, Entry, KindInfo, KindInput } from '#main/shared/kind.ts';

/** The deployment's target, with what inputs depend on. */
export type TargetKind = 'local' | 'fork' | 'remote' | 'runtime';

/** An input of the form: its value, and what it belongs to. */
export interface ShownInput {
  input: KindInput;
  /** Its key in the draft: values of an entry or a call are remembered for each of them. */
  key: string;
  /** As chosen or typed; otherwise the default; undefined: none. */
  value: unknown;
  /** The entry, and its call, that this input belongs to or is itself. */
  entry?: Entry;
  call?: Call;
  /** What is kept for the target, where it applies; undefined: nothing is. */
  kept: unknown;
  /** An earlier choice that no longer exists. */
  gone?: string;
}

/** The choices; excluded and unreadable ones are only mentioned. */
export const offered = ({ entries }: Choices): Entry[] =>
  entries.filter(({ leftOut, problem }) => leftOut === undefined && problem === undefined);

/** What a form is filled with: what was typed wins over what is kept, and that over the rest. */
export interface FilledWith {
  /** By key. */
  values?: Readonly<Record<string, unknown>>;
  /** Keys of values that were just typed. */
  typed?: readonly string[];
  /** What is kept for the target, by the names of inputs. */
  kept?: Readonly<Record<string, unknown>>;
}

/** The inputs of a kind for a deployment to such a target, with their values. */
export function shownInputs(
  { inputs }: Pick<KindInfo, 'inputs'>,
  choices: Choices,
  target: TargetKind,
  filled: FilledWith,
): ShownInput[] {
  const shown = new Map<string, ShownInput>();
  for (const input of inputs) {
    if (input.when?.target && !input.when.target.includes(target)) continue;
    const parent = shown.get(input.of ?? '');
    if (input.when?.asked && !asks(parent?.entry, input)) continue;
    shown.set(input.name, shownInput(input, parent, choices, filled));
  }
  return [...shown.values()].filter(isChoosable(choices));
}

/** A choice without anything to choose from isn't shown. */
const isChoosable =
  (choices: Choices) =>
  ({ input, value }: ShownInput): boolean =>
    input.control !== 'choice' || value !== undefined || optionsOf(input, choices).length > 0;

/** The values that a choice offers. */
export const optionsOf = ({ name, options }: KindInput, { offered }: Choices): readonly string[] =>
  options ?? offered?.[name] ?? [];

/** Whether what is kept is shown. */
export const isAsKept = ({ kept, value }: ShownInput): boolean =>
  kept !== undefined && JSON.stringify(kept) === JSON.stringify(value);

const asks = (entry: Entry | undefined, { name }: KindInput): boolean =>
  Object.hasOwn(entry?.asks ?? {}, name);

function shownInput(
  input: KindInput,
  parent: ShownInput | undefined,
  choices: Choices,
  { values = {}, typed = [], kept: all = {} }: FilledWith,
): ShownInput {
  const key = parent ? `${input.name} ${parentKey(parent)}` : input.name;
  // What is kept for an entry or a call is of no use to another one.
  const kept = parent === undefined || isAsKept(parent) ? all[input.name] : undefined;
  const value = kept === undefined || typed.includes(key) ? values[key] : kept;
  const base = { input, key, value, kept, entry: parent?.entry, call: parent?.call };
  switch (input.control) {
    case 'entry': {
      const entry = pickEntry(choices, value);
      return { ...base, ...chosenOf(entry, value), entry };
    }
    case 'call': {
      const call = pick(parent?.entry?.calls ?? [], value);
      return { ...base, ...chosenOf(call, value), call };
    }
    case 'parameters':
    case 'abi-arguments':
      return { ...base, call: base.call ?? pick(base.entry?.calls ?? [], undefined) };
    default:
      return base;
  }
}

const parentKey = ({ input, entry, call }: ShownInput): string =>
  (input.control === 'call' ? [entry?.value, call?.value] : [entry?.value]).join(' ');

/** The chosen one; without a choice the default, or the only one. */
function pick<T extends { value: string; isDefault?: boolean }>(
  all: readonly T[],
  value: unknown,
): T | undefined {
  if (value !== undefined) return all.find((one) => one.value === value);
  return all.find(({ isDefault }) => isDefault) ?? (all.length === 1 ? all[0] : undefined);
}

/** An entry that can't be read may be the one that is meant: nothing else is taken in its place. */
function pickEntry(choices: Choices, value: unknown): Entry | undefined {
  const entry = pick(offered(choices), value);
  const isSure = value !== undefined || entry?.isDefault;
  return isSure || choices.entries.every(({ problem }) => problem === undefined)
    ? entry
    : undefined;
}

/** A choice stays even when it no longer exists: only the user may choose another one. */
const chosenOf = (found: { value: string } | undefined, value: unknown) => ({
  value: found?.value ?? value,
  gone: found || value === undefined ? undefined : String(value),
});

/** The texts of a call's arguments, as many as it has parameters. */
export function argumentsOf({ call, value }: Pick<ShownInput, 'call' | 'value'>): string[] {
  const texts = Array.isArray(value) ? value.map(String) : [];
  return (call?.parameters ?? []).map(
    ({ type }, index) => texts[index] ?? (type === 'bool' ? 'false' : ''),
  );
}
