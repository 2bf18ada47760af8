import type { Argument, Command, Option } from 'commander';

export interface Suggestion {
  value: string;
  description: string;
}

/** What data folders hold names of. */
const named = ['project', 'network', 'chain', 'snapshot'] as const;
type Named = (typeof named)[number];

/** Names to list: snapshots are those of a chain. */
export type Wanted = { what: Exclude<Named, 'snapshot'> } | { what: 'snapshot'; chain: string };

/** What can stand where the cursor is: some values, names that the core knows, or paths. */
export type Suggested =
  | { of: 'values'; values: Suggestion[] }
  | { of: 'names'; wanted: Wanted; prefix: string }
  | { of: 'paths' };

const nothing: Suggested = { of: 'values', values: [] };

/** Names of options and arguments by what stands for them. */
const meanings: Record<string, Named | 'path'> = {
  project: 'project',
  chain: 'chain',
  network: 'network',
  live: 'network',
  target: 'network',
  snapshot: 'snapshot',
  before: 'snapshot',
  after: 'snapshot',
  folder: 'path',
  file: 'path',
  path: 'path',
  parent: 'path',
};

/** What has a `<name>` is of the kind that its command is about, e.g. `network show <name>`. */
function meaningOf(command: Command, ...names: (string | undefined)[]): Named | 'path' | undefined {
  const known = names.flatMap((name) => (name === undefined ? [] : (meanings[name] ?? [])))[0];
  const about = named.find((one) => one === command.parent?.name());
  return known ?? (names.includes('name') && command.name() !== 'add' ? about : undefined);
}

const ofChoices = (choices: readonly string[], prefix = ''): Suggested => ({
  of: 'values',
  values: choices.map((value) => ({ value: `${prefix}${value}`, description: '' })),
});

/** @param chain that the line names, if it does */
function ofMeaning(
  meaning: Named | 'path' | undefined,
  chain: string | undefined,
  prefix = '',
): Suggested {
  if (meaning === undefined) return nothing;
  if (meaning === 'path') return { of: 'paths' };
  if (meaning !== 'snapshot') return { of: 'names', wanted: { what: meaning }, prefix };
  return chain === undefined ? nothing : { of: 'names', wanted: { what: meaning, chain }, prefix };
}

function ofArgument({ command, given }: Reached, argument: Argument): Suggested {
  if (argument.argChoices) return ofChoices(argument.argChoices);
  return ofMeaning(meaningOf(command, argument.name()), chainIn(command, given));
}

/** The placeholder of a value, e.g. `file` of `--out <file>`. */
const placeholderOf = (option: Option) => /[<[]([\w-]+)/.exec(option.flags)?.[1];

function ofOption({ command, given }: Reached, option: Option, prefix = ''): Suggested {
  if (option.argChoices) return ofChoices(option.argChoices, prefix);
  const long = option.long?.slice(2);
  const meaning = meaningOf(command, long, placeholderOf(option));
  return ofMeaning(meaning, chainIn(command, given), prefix);
}

/** The chain among the arguments of a command. */
const chainIn = (command: Command, given: readonly string[]): string | undefined =>
  given[command.registeredArguments.findIndex((one) => meaningOf(command, one.name()) === 'chain')];

/** Options of a command and of those above it, which are allowed anywhere. */
function optionsOf(command: Command): Option[] {
  const own = command.createHelp().visibleOptions(command);
  const others = command.parent ? optionsOf(command.parent) : [];
  return [...own, ...others.filter(({ long }) => !own.some((one) => one.long === long))];
}

const takesValue = (option: Option | undefined): option is Option =>
  option !== undefined && (option.required || option.optional);

const isNamed = ({ long, short }: Option, name: string) => long === name || short === name;

interface Reached {
  command: Command;
  /** Arguments that were given. */
  given: string[];
  /** The option whose value comes next. */
  open: Option | undefined;
  /** `--` was there: all that follows are arguments. */
  onlyArguments: boolean;
}

/** Follows the words before the cursor, as commander will. */
function follow(program: Command, words: readonly string[]): Reached {
  const at: Reached = { command: program, given: [], open: undefined, onlyArguments: false };
  for (const word of words) {
    const child = at.command.commands.find(
      (one) => one.name() === word || one.aliases().includes(word),
    );
    if (at.open) at.open = undefined;
    else if (at.onlyArguments) at.given.push(word);
    else if (word === '--') at.onlyArguments = true;
    else if (word.startsWith('-')) {
      const option = optionsOf(at.command).find((one) => isNamed(one, word));
      at.open = takesValue(option) ? option : undefined;
    } else if (child && at.given.length === 0) at.command = child;
    else if (word !== 'help' || at.command.registeredArguments.length > 0) at.given.push(word);
  }
  return at;
}

/**
 * What can follow in a command line.
 * @param words those before the cursor, without the program's own
 * @param current the one at the cursor, as far as it is typed
 */
export function suggest(program: Command, words: readonly string[], current: string): Suggested {
  const reached = follow(program, words);
  const { command, given, open, onlyArguments } = reached;
  if (open) return ofOption(reached, open);
  const options = optionsOf(command);
  if (current.startsWith('-') && !onlyArguments) {
    const [name = '', value] = current.split('=', 2);
    const option = options.find((one) => isNamed(one, name));
    if (value !== undefined) {
      return takesValue(option) ? ofOption(reached, option, `${name}=`) : nothing;
    }
    const values = options.map(({ long, short, description }) => ({
      value: long ?? short ?? '',
      description,
    }));
    return { of: 'values', values };
  }
  const { registeredArguments } = command;
  const last = registeredArguments.at(-1);
  const argument = registeredArguments[given.length] ?? (last?.variadic ? last : undefined);
  if (argument) return ofArgument(reached, argument);
  if (given.length > 0) return nothing;
  const children = command.createHelp().visibleCommands(command);
  return {
    of: 'values',
    values: children.map((child) => ({ value: child.name(), description: child.description() })),
  };
}
