import { readFileSync } from 'node:fs';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { despiteLocks } from '../lib/despite-locks.ts';
import { gatewayFolder } from './control/address.ts';

const nonce = z.int().min(0);

/** What a gateway that was killed needs to go on mending nonces. */
const nonceState = z.object({
  chainId: z.int(),
  /** Accounts that users' programs send from. */
  accounts: z.array(z.string()),
  /** Accounts that created contracts through the gateway. */
  creators: z.array(z.string()),
  /** Between the begin of a revert and its end: the nonces that accounts had before. */
  before: z.record(z.string(), z.array(nonce)),
  /** See `Off`. */
  off: z.record(z.string(), z.object({ now: nonce, before: z.array(nonce) })),
});
export type NonceState = z.output<typeof nonceState>;

const SAVE_MS = 250;
/** So long after it could not be written: the disk may have room again. */
const AGAIN_MS = 2_000;
/** It outlives a gateway that is killed; after a loss of power the chain itself is another one. */
const WRITTEN = { mode: 0o600, fsync: false };

/** `<data>/gateway/state.json`, by chain. */
export class StateFile {
  readonly #file: string;
  readonly #states: Map<string, NonceState>;
  #timer: NodeJS.Timeout | undefined;
  /** It has what the file hasn't. */
  #isNews = false;
  #last: Promise<void> = Promise.resolve();

  /** A file that is damaged is as none. */
  constructor(home: string) {
    this.#file = path.join(gatewayFolder(home), 'state.json');
    this.#states = new Map(Object.entries(read(this.#file)));
  }

  get(chain: string): NonceState | undefined {
    return this.#states.get(chain);
  }

  /** Written soon. */
  set(chain: string, state: NonceState): void {
    if (JSON.stringify(this.#states.get(chain)) === JSON.stringify(state)) return;
    this.#states.set(chain, state);
    this.#isNews = true;
    this.#timer ??= setTimeout(() => void this.flush(), SAVE_MS);
  }

  /** Resolves once everything is written, or can't be: the gateway goes on, and tries again. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isNews) return this.#last;
    this.#isNews = false;
    this.#last = this.#last.then(async () => {
      const text = JSON.stringify(Object.fromEntries(this.#states));
      await despiteLocks(() => writeFileAtomic(this.#file, text, WRITTEN)).catch(() => {
        this.#isNews = true;
        this.#timer ??= setTimeout(() => void this.flush(), AGAIN_MS);
      });
    });
    return this.#last;
  }
}

function read(file: string): Record<string, NonceState> {
  try {
    return z.record(z.string(), nonceState).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
