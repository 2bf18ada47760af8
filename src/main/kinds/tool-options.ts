import { AppError } from '../shared/errors.ts';
import { keysIn } from '../shared/key-like.ts';

/** What the value of an option looks like. */
export interface ValueShape {
  is: RegExp;
  /** Completes "Give …". */
  what: string;
}

export interface ToolOption {
  /** Absent: it takes none. */
  value?: ValueShape;
  /** Its value can be left out. */
  bare?: true;
  /** It can be given several times. */
  repeats?: true;
  /** It is written with one dash. */
  letter?: true;
  /** It changes what a compile makes. */
  compiles?: true;
  /** It is about what was sent, and has no meaning for a rehearsal. */
  sends?: true;
}

/** The options of a tool that a request can pass on. All names are without dashes. */
export interface ToolOptions {
  /** As a person calls it, e.g. `name deploy`. */
  tool: string;
  known: Readonly<Record<string, ToolOption>>;
  /** Why one is not passed on: a sentence. */
  refused: Readonly<Record<string, string>>;
  /** Long names of one-letter options. */
  short?: Readonly<Record<string, string>>;
}

/** The field of a request that holds them, one `--flag` or `--flag=value` each. */
export const OPTIONS_FIELD = 'options';

const number = /^\d{1,30}$/;
export const shapes = {
  number: { is: number, what: 'a whole number' },
  positive: { is: /^[1-9]\d{0,15}$/, what: 'a whole number of at least 1' },
  amount: { is: /^\d{1,30}(\.\d{1,18})?(wei|gwei|ether)?$/, what: 'an amount such as 2gwei' },
  address: { is: /^0x[0-9a-fA-F]{40}$/, what: 'an address: 0x and 40 hex digits' },
  word: { is: /^[A-Za-z0-9][\w.:/-]{0,199}$/, what: 'a word' },
  url: {
    is: /^https?:\/\/[^\s/?#@]+(\/[^\s?#@]*)?$/,
    what: 'an address that begins with https:// and holds no key',
  },
  oneOf: (...words: string[]): ValueShape => ({
    is: new RegExp(`^(${words.join('|')})$`),
    what: `one of ${words.join(', ')}`,
  }),
} satisfies Record<string, ValueShape | ((...words: string[]) => ValueShape)>;

/** An option as it was given, split and checked. */
interface Given {
  name: string;
  value: string | undefined;
  option: ToolOption;
}

/**
 * The options as `--flag` or `--flag=value`, in their order. Throws BAD_ARGUMENT with the reason for
 * one that is unknown, refused or has a wrong value, and SECRET_ARGUMENT for a value that looks like
 * a key; no message holds a value.
 */
export function checkedOptions(table: ToolOptions, texts: readonly string[]): string[] {
  const found = texts.map((text) => checked(table, text));
  const met = new Set<string>();
  for (const { name, option } of found) {
    if (met.has(name) && !option.repeats) throw wrong(`--${name} is given twice. Give it once.`);
    met.add(name);
  }
  return found.map(({ name, value, option }) => {
    const flag = option.letter ? `-${name}` : `--${name}`;
    return value === undefined ? flag : `${flag}=${value}`;
  });
}

/** Those that have a property, of options that were checked. */
export const optionsThat = (
  { known }: ToolOptions,
  options: readonly string[],
  which: (option: ToolOption) => boolean | undefined,
): string[] => options.filter((text) => which(known[nameOf(text)] ?? {}));

/** The value of an option that was checked; undefined: it is not there, or has none. */
export function optionValue(options: readonly string[], name: string): string | undefined {
  const start = `--${name}=`;
  return options.find((one) => one.startsWith(start))?.slice(start.length);
}

const nameOf = (text: string): string => text.replace(/^-+/, '').split('=', 1)[0] ?? '';

function checked({ tool, known, refused, short = {} }: ToolOptions, text: string): Given {
  const [, dashes = '', written = '', value] =
    /^(-{0,2})([^\s=-][^\s=]*)(?:=(.*))?$/s.exec(text.trim()) ?? [];
  if (written === '') {
    throw wrong('Give each option by itself, with "=" before its value, as in --flag=value.');
  }
  const name = (dashes === '-' ? short[written] : undefined) ?? written;
  const why = own(refused, name);
  if (why !== undefined) throw wrong(`--${name} can't be passed on. ${why}`);
  const option = own(known, name);
  if (!option) {
    const near = Object.keys(known).filter((one) => one.startsWith(name.slice(0, 3)));
    const meant =
      near.length > 0 ? `Did you mean ${near.map((one) => `--${one}`).join(', ')}? ` : '';
    throw wrong(`Drydock knows no ${shown(name)} of ${tool}. ${meant}"${tool} --help" lists them.`);
  }
  if (value !== undefined && keysIn(value).length > 0) {
    throw new AppError(
      'SECRET_ARGUMENT',
      `The value of --${name} looks like a private key. Other users of this machine can read the options of a run, and its history keeps them. Leave it out.`,
      { field: OPTIONS_FIELD },
    );
  }
  if (!option.value && value !== undefined) throw wrong(`--${name} takes no value. Leave it out.`);
  if (option.value && value === undefined && !option.bare) {
    throw wrong(`--${name} needs a value. Give ${option.value.what}, as in --${name}=….`);
  }
  if (option.value && value !== undefined && !option.value.is.test(value)) {
    throw wrong(`The value of --${name} is wrong. Give ${option.value.what}.`);
  }
  return { name, value, option };
}

/** A key that is given without its flag, or runs into it, is no name. */
const shown = (name: string): string =>
  /^[A-Za-z][\w.-]{0,59}$/.test(name) && !/[0-9a-f]{12}/i.test(name)
    ? `option --${name}`
    : 'such option';

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const wrong = (message: string): AppError =>
  new AppError('BAD_ARGUMENT', message, { field: OPTIONS_FIELD });
