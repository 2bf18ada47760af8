import path from 'node:path';
import { z } from 'zod';
import { messageOf } from '../shared/errors.ts';
import { gatewayFolder } from './control/address.ts';
import { textIfThere } from './control/text-if-there.ts';
import { SavedFile } from './saved-file.ts';

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

/** `<data>/gateway/state.json`, by chain. */
export class StateFile {
  readonly #file: string;
  readonly #saved: SavedFile;
  readonly #warn: (message: string) => void;
  #known: Map<string, NonceState> | undefined;

  /** A file that is damaged is as none. It is read at the first use: one before may still write it. */
  constructor(home: string, warn: (message: string) => void) {
    this.#file = path.join(gatewayFolder(home), 'state.json');
    this.#saved = new SavedFile(this.#file, () => JSON.stringify(Object.fromEntries(this.#states)));
    this.#warn = warn;
  }

  get(chain: string): NonceState | undefined {
    return this.#states.get(chain);
  }

  /** Written soon. */
  set(chain: string, state: NonceState): void {
    if (JSON.stringify(this.#states.get(chain)) === JSON.stringify(state)) return;
    this.#states.set(chain, state);
    this.#saved.changed();
  }

  /** As `SavedFile.flush`. */
  flush(): Promise<void> {
    return this.#saved.flush();
  }

  get #states(): Map<string, NonceState> {
    this.#known ??= new Map(Object.entries(this.#read()));
    return this.#known;
  }

  #read(): Record<string, NonceState> {
    try {
      const text = textIfThere(this.#file);
      return text === null ? {} : z.record(z.string(), nonceState).parse(JSON.parse(text));
    } catch (error) {
      const why = error instanceof z.ZodError ? 'it holds something else' : messageOf(error);
      this.#warn(`${this.#file} can't be read, and is begun anew: ${why}.`);
      return {};
    }
  }
}
