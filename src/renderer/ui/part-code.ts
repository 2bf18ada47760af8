/** Shown in place of the part. */
class NotLoaded extends Error {
  override name = 'Not loaded';
  override message = 'Drydock may have been updated since this window was opened';
}

/** Code that is loaded when it is asked for, once. */
export class Code<Value> {
  /** Once it is loaded. */
  value: Value | undefined;
  readonly #import: () => Promise<Value>;
  readonly #listeners = new Set<() => void>();
  #loading: Promise<Value> | undefined;

  constructor(load: () => Promise<Value>) {
    this.#import = load;
  }

  /** Rejects with NotLoaded. */
  load(): Promise<Value> {
    this.#loading ??= this.#import().then(
      (value) => {
        this.value = value;
        for (const tell of this.#listeners) tell();
        return value;
      },
      () => {
        throw new NotLoaded();
      },
    );
    return this.#loading;
  }

  /** Before it is needed: after a failure, `load` tries again. */
  async loadAhead(): Promise<void> {
    await this.load().catch(() => {
      this.#loading = undefined;
    });
  }

  readonly subscribe = (tell: () => void): (() => void) => {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  };
}
