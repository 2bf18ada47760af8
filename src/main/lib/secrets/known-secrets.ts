import { Mask, type ShownInstead } from './mask.ts';

/** Returns the current secrets; called for each use. */
export type SecretSource = () => Iterable<string>;

/** Returns what is shown in the place of other texts; called for each use. */
export type InsteadSource = () => Iterable<readonly [text: string, shown: string]>;

/** Texts may still have an address that was given up; of more, the oldest are forgotten. */
const MOST_INSTEAD = 200;

/**
 * Every secret that the core itself holds. Text from a node, a daemon, a server or a tool may
 * repeat one of them: it passes through `mask` before it is stored, shown or logged.
 */
export class KnownSecrets {
  readonly #sources: SecretSource[] = [];
  readonly #insteadSources: InsteadSource[] = [];
  readonly #instead = new Map<string, string>();
  #values: readonly string[] = [];
  #mask = Mask.none;

  add(source: SecretSource): void {
    this.#sources.push(source);
  }

  addInstead(source: InsteadSource): void {
    this.#insteadSources.push(source);
  }

  /** Masks the secrets known now. */
  current = (): Mask => {
    const values = this.#told();
    const isOther = this.#lookForInstead();
    if (isOther || values.join('\n') !== this.#values.join('\n')) {
      this.#mask = new Mask(values, new Map(this.#instead));
      this.#values = values;
    }
    return this.#mask;
  };

  /** When the database can't be read, or is closed, all that was known before still applies as well. */
  #told(): string[] {
    const told = new Set<string>();
    let before: readonly string[] = [];
    for (const source of this.#sources) {
      try {
        for (const secret of source()) told.add(secret);
      } catch {
        before = this.#values;
      }
    }
    return [...new Set([...told, ...before])];
  }

  /** The same, with further secrets and replacements that apply for now. */
  currentWith(more: readonly string[], instead: ShownInstead = new Map()): Mask {
    this.current();
    return new Mask([...this.#values, ...more], new Map([...this.#instead, ...instead]));
  }

  /** Returns whether there is anything new. */
  #lookForInstead(): boolean {
    let isOther = false;
    for (const [text, shown] of this.#insteadSources.flatMap(toldInstead)) {
      if (this.#instead.get(text) === shown) continue;
      isOther = true;
      this.#instead.delete(text);
      this.#instead.set(text, shown);
    }
    for (const text of this.#instead.keys()) {
      if (this.#instead.size <= MOST_INSTEAD) break;
      this.#instead.delete(text);
    }
    return isOther;
  }

  mask = (text: string): string => this.current().apply(text);

  maskDeep = (value: unknown): unknown => this.current().applyDeep(value);
}

function toldInstead(source: InsteadSource): (readonly [string, string])[] {
  try {
    return [...source()];
  } catch {
    return [];
  }
}
