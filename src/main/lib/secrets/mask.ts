import { formsOf } from './secret-forms.ts';
import { TextFilter } from './text-filter.ts';

export const MASKED = '••••';

/** What an error references, such as a connection, can be unlimited. */
const DEEPEST = 5;

/** A shorter beginning of a secret reveals nothing. */
const TELLING = 4;

/** Texts, such as addresses of something internal, with what is shown in their place. */
export type ShownInstead = ReadonlyMap<string, string>;

/**
 * Masks secrets in text. Each is masked in all the forms of `formsOf`; overlapping matches are
 * masked as one. A text without secrets costs about the same, however many secrets there are.
 */
export class Mask {
  static readonly none = new Mask([]);

  /** In characters: no form of a secret is longer. */
  readonly longest: number;
  readonly #forms: readonly string[];
  readonly #filter: TextFilter | undefined;
  readonly #any: RegExp | undefined;
  readonly #each: RegExp | undefined;
  readonly #instead: ShownInstead;

  constructor(secrets: Iterable<string>, instead: ShownInstead = new Map()) {
    this.#instead = instead;
    const words = [...instead.keys()].map((text) => ({ text, asWord: true }));
    const all = [...words, ...[...new Set(secrets)].flatMap(formsOf)];
    const forms = new Map(all.map((form) => [form.text, form]));
    // At one position, the longest match is used.
    const sorted = [...forms.values()].sort((a, b) => b.text.length - a.text.length);
    this.#forms = sorted.map(({ text }) => text);
    this.longest = this.#forms[0]?.length ?? 0;
    if (sorted.length === 0) return;
    const source = sorted.map(({ text, asWord }) => pattern(text, asWord)).join('|');
    this.#filter = new TextFilter(this.#forms);
    this.#any = new RegExp(source);
    this.#each = new RegExp(source, 'g');
  }

  get isEmpty(): boolean {
    return this.longest === 0;
  }

  #holds(text: string): boolean {
    if (!this.#filter || !this.#any) return false;
    return this.#filter.mayHold(text) && this.#any.test(text);
  }

  apply = (text: string): string => {
    if (!this.#holds(text)) return text;
    let masked = '';
    let end = 0;
    for (const [from, to, shown] of this.#spans(text)) {
      masked += text.slice(end, from) + shown;
      end = to;
    }
    return masked + text.slice(end);
  };

  /**
   * A position at which a text can be cut: `at`, or before it if a secret crosses it; never 0. The
   * text must continue for `longest` characters after `at`, or be complete.
   */
  cutAt(text: string, at: number): number {
    const near = text.slice(0, at + this.longest);
    const across = this.#spans(near).find(([from, to]) => from < at && at < to);
    if (!across) return at;
    return across[0] > 0 ? across[0] : across[1];
  }

  /** What can be shown of an unfinished text: an end that may start a secret is held back. */
  applyToUnfinished(text: string): string {
    const waiting = this.#forms.map((form) => {
      let length = Math.min(form.length - 1, text.length);
      while (length >= TELLING && !text.endsWith(form.slice(0, length))) length--;
      return length >= TELLING ? length : 0;
    });
    return this.apply(text.slice(0, text.length - Math.max(0, ...waiting)));
  }

  /** Masks every text in a value such as JSON; errors become text. */
  applyDeep(value: unknown, around: readonly object[] = []): unknown {
    if (typeof value === 'string') return this.apply(value);
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    if (around.includes(value) || around.length > DEEPEST) return '…';
    const inside = [...around, value];
    if (Array.isArray(value)) return value.map((item) => this.applyDeep(item, inside));
    if (hasJson(value)) return this.applyDeep(value.toJSON(), inside);
    const entries = Object.entries(value instanceof Error ? partsOf(value) : value);
    return Object.fromEntries(entries.map(([name, item]) => [name, this.applyDeep(item, inside)]));
  }

  /** The ranges to mask, in order, without overlaps, each with what is shown there. */
  #spans(text: string): [number, number, string][] {
    const spans: [number, number, string][] = [];
    const each = this.#each;
    if (!each) return spans;
    each.lastIndex = 0;
    for (let found = each.exec(text); found; found = each.exec(text)) {
      const from = found.index;
      const to = from + found[0].length;
      const last = spans.at(-1);
      if (last && from <= last[1]) {
        last[1] = Math.max(last[1], to);
        last[2] = MASKED;
      } else spans.push([from, to, this.#instead.get(found[0]) ?? MASKED]);
      // Another match may start within this one.
      each.lastIndex = from + 1;
    }
    return spans;
  }
}

const hasJson = (value: object): value is { toJSON(): unknown } =>
  'toJSON' in value && typeof value.toJSON === 'function';

function partsOf(error: Error): object {
  const { name, message, stack, cause } = error;
  return { ...error, ...(cause === undefined ? {} : { cause }), type: name, message, stack };
}

function pattern(text: string, asWord: boolean): string {
  const literal = text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return asWord ? `(?<![A-Za-z0-9_])${literal}(?![A-Za-z0-9_])` : literal;
}
