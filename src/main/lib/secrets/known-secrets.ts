import { Mask } from './mask.ts';

/** Returns the current secrets; called for each use. */
export type SecretSource = () => Iterable<string>;

/**
 * Every secret that the core itself holds. Text from a node, a daemon, a server or a tool may
 * repeat one of them: it passes through `mask` before it is stored, shown or logged.
 */
export class KnownSecrets {
  readonly #sources: SecretSource[] = [];
  #values: readonly string[] = [];
  #mask = Mask.none;

  add(source: SecretSource): void {
    this.#sources.push(source);
  }

  /** Masks the secrets known now. */
  current = (): Mask => {
    try {
      const values = [...new Set(this.#sources.flatMap((source) => [...source()]))];
      if (values.join('\n') !== this.#values.join('\n')) {
        this.#mask = new Mask(values);
        this.#values = values;
      }
    } catch {
      // When the database can't be read, or is closed, the last known secrets still apply.
    }
    return this.#mask;
  };

  /** The same, with further secrets that apply for now. */
  currentWith(more: readonly string[]): Mask {
    this.current();
    return new Mask([...this.#values, ...more]);
  }

  mask = (text: string): string => this.current().apply(text);

  maskDeep = (value: unknown): unknown => this.current().applyDeep(value);
}
