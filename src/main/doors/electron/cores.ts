import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import { findHost } from '../host/discovery-file.ts';
import { connectToHost } from './host-core.ts';
import { type OwnCoreOptions, openOwnCore } from './own-core.ts';
import type { ServedCore } from './served-core.ts';

/** A core that has just taken the data folder needs a moment until its host can be found. */
const tries = { each: 500, most: 20 };

/**
 * The core that serves the window: that of the host that serves the data folder, as long as there
 * is one, otherwise one of this process. When the host ends, another takes its place.
 */
export class Cores {
  readonly #options: OwnCoreOptions;
  readonly #listeners: ((core: ServedCore, signal: AbortSignal) => void)[] = [];
  #current: ServedCore | undefined;
  #until = new AbortController();
  #isClosing = false;

  constructor(options: OwnCoreOptions) {
    this.#options = options;
  }

  get current(): ServedCore | undefined {
    return this.#current;
  }

  /** @param listener called with each core, and a signal that is aborted when that one is gone */
  onCore(listener: (core: ServedCore, signal: AbortSignal) => void): void {
    this.#listeners.push(listener);
  }

  /** Rejects when neither a core can be opened nor a host be reached. */
  async open(): Promise<void> {
    const core = await this.#find();
    if (this.#isClosing) return core.close();
    this.#current = core;
    this.#until = new AbortController();
    for (const listener of this.#listeners) listener(core, this.#until.signal);
    void core.gone.then(() => this.#replace());
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#until.abort();
    await this.#current?.close();
  }

  async #replace(): Promise<void> {
    this.#current = undefined;
    this.#until.abort();
    if (this.#isClosing) return;
    const { logger } = this.#options;
    logger.info('the host of this data folder has ended');
    await this.open().catch((error: unknown) => {
      // Pages say that Drydock has ended; its next start says why.
      logger.error({ err: error }, 'no core could take the place of the host');
    });
  }

  async #find(): Promise<ServedCore> {
    const { home, logger } = this.#options;
    for (let n = 1; ; n += 1) {
      const host = await findHost(home);
      try {
        return await (host ? connectToHost(host, logger) : openOwnCore(this.#options));
      } catch (error) {
        const isPassing =
          host !== null || (error instanceof AppError && error.code === 'CORE_RUNNING');
        if (!isPassing || n === tries.most || this.#isClosing) throw error;
        await sleep(tries.each);
      }
    }
  }
}
