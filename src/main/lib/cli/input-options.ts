import { type Command, InvalidArgumentError, Option } from 'commander';
import type { KindInfo, KindInput } from '../../shared/kind.ts';
import { shellWord } from '../shell-line.ts';
import { collect, whole } from './arguments.ts';

type Options = Record<string, unknown>;

const set = ['--set <name=value>', 'any input of its kind, the value as text or as JSON'] as const;

interface SharedOption {
  input: KindInput & { option: string };
  /** What each kind that has the option says of it, by the kind's label. */
  helps: Map<string, string>;
}

/**
 * Adds one option for each input that a kind names an option for, and `--set` for any input. An
 * option that several kinds have is listed once, with what each of them says of it.
 */
export function withInputOptions(command: Command, kinds: readonly KindInfo[]): Command {
  for (const { input, helps } of sharedOptions(kinds)) {
    const option = new Option(input.option, helpOf(input, helps));
    if (kinds.length > 1) option.helpGroup(`Options for ${[...helps.keys()].join(' and ')}:`);
    command.addOption(reading(option, input));
  }
  return command.option(...set, assignment);
}

function sharedOptions(kinds: readonly KindInfo[]): SharedOption[] {
  const byName = new Map<string, SharedOption>();
  for (const { label, inputs } of kinds) {
    for (const input of inputs.flatMap(withAlias)) {
      const { option } = input;
      if (option === undefined) continue;
      const name = new Option(option).attributeName();
      const shared = byName.get(name) ?? { input: { ...input, option }, helps: new Map() };
      byName.set(name, shared);
      shared.helps.set(label, input.help ?? input.label);
    }
  }
  return [...byName.values()];
}

/** Its other name is an option of its own. */
const withAlias = (input: KindInput): KindInput[] =>
  input.alias ? [input, { ...input, ...input.alias }] : [input];

function helpOf({ repeatable }: KindInput, helps: ReadonlyMap<string, string>): string {
  const texts = [...new Set(helps.values())].map((text) => text.replace(/\.$/, ''));
  const labelled = [...helps].map(([label, help]) => `${label}: ${help}`);
  const help = texts.length > 1 ? labelled.join('; ') : (texts[0] ?? '');
  return repeatable ? `${help}; give the option once for each` : help;
}

/** Returns the options as fields of a request. */
export function inputOf(options: Options, kinds: readonly KindInfo[]): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const { name, option } of kinds.flatMap(({ inputs }) => inputs.flatMap(withAlias))) {
    if (option === undefined) continue;
    const known = new Option(option);
    const value = options[known.attributeName()];
    // Commander sets a `--no-…` switch to true by default.
    if (value !== undefined && !(known.negate && value === true)) given[name] = value;
  }
  return { ...given, ...(options.set as Record<string, unknown> | undefined) };
}

/** An input and its value as a shell takes them on a command line. */
export function inputWords(
  { name, option }: Pick<KindInput, 'name' | 'option'>,
  value: unknown,
): string {
  if (Array.isArray(value)) return value.map((one) => inputWords({ name, option }, one)).join(' ');
  const text = typeof value === 'object' ? JSON.stringify(value) : `${value}`;
  if (option === undefined) return `--set ${shellWord(`${name}=${text}`)}`;
  const [flag = '', takes] = option.split(' ');
  return takes === undefined ? flag : `${flag} ${shellWord(text)}`;
}

function reading(option: Option, { control, repeatable }: KindInput): Option {
  if (control === 'number') {
    if (!repeatable) return option.argParser(whole);
    return option.argParser((text: string, earlier: number[] = []) => [...earlier, whole(text)]);
  }
  if (control === 'json') return option.argParser(json);
  return repeatable ? option.argParser(collect) : option;
}

function assignment(text: string, earlier: Record<string, unknown> = {}): Record<string, unknown> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError('Give a name and a value, as in name=value.');
  }
  return { ...earlier, [name.trim()]: assigned(value) };
}

/** Parses a value that is valid JSON; keeps any other text as it is. */
function assigned(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError('Give JSON.');
  }
}
