import { noticesFile, readNotices } from './control/notices.ts';
import type { GatewayEvent } from './control/protocol.ts';
import { SavedFile } from './saved-file.ts';

export type Told = GatewayEvent extends infer Event
  ? Event extends GatewayEvent
    ? Omit<Event, 'id' | 'at'>
    : never
  : never;
export type Tell = (event: Told) => void;

const MOST_KEPT = 1000;
const MOST_ORIGINS = 200;
/** The same page may try a hundred times a second. */
const SAME_AGAIN_MS = 60_000;

/**
 * What the core is told: the last events, also of the time when no core ran, and of a gateway that
 * was killed before a core had taken them in.
 */
export class EventRing {
  readonly #home: string;
  readonly #warn: (message: string) => void;
  readonly #saved: SavedFile;
  readonly #listeners = new Set<(event: GatewayEvent) => void>();
  readonly #told = new Map<string, number>();
  #known: GatewayEvent[] | undefined;
  #lastId = 0;
  /** That one and those before it are in the core's database. */
  #taken = 0;

  /** What one before has left is read at the first use: it may still write. */
  constructor(home: string, warn: (message: string) => void) {
    this.#home = home;
    this.#warn = warn;
    this.#saved = new SavedFile(noticesFile(home), () =>
      this.#untaken.map((event) => `${JSON.stringify(event)}\n`).join(''),
    );
  }

  readonly tell: Tell = (event) => {
    const kept = this.#kept;
    const at = Date.now();
    if (this.#isRepeated(event, at)) return;
    const known = { ...event, id: ++this.#lastId, at } as GatewayEvent;
    kept.push(known);
    if (kept.length > MOST_KEPT) kept.shift();
    this.#saved.changed();
    for (const listener of this.#listeners) listener(known);
  };

  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  /** Calls with every event after that one, which a core has, and returns how to end that. */
  follow(after: number, listener: (event: GatewayEvent) => void): () => void {
    const hadUntaken = this.#untaken.length > 0;
    this.#taken = Math.max(this.#taken, after);
    // The clock may have been set back since.
    this.#lastId = Math.max(this.#lastId, after);
    if (hadUntaken) this.#saved.changed();
    for (const event of this.#kept) if (event.id > after) listener(event);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** As `SavedFile.flush`. */
  flush(): Promise<void> {
    return this.#saved.flush();
  }

  get #kept(): GatewayEvent[] {
    if (this.#known) return this.#known;
    this.#known = readNotices(this.#home, this.#warn).slice(-MOST_KEPT);
    // Larger than those of a gateway before this one.
    this.#lastId = Math.max(Date.now() * 1000, this.#known.at(-1)?.id ?? 0);
    for (const { id: _, at, ...what } of this.#known) this.#isRepeated(what, at);
    return this.#known;
  }

  get #untaken(): GatewayEvent[] {
    return this.#kept.filter(({ id }) => id > this.#taken);
  }

  #isRepeated(what: object, at: number): boolean {
    const key = JSON.stringify(what);
    const last = this.#told.get(key);
    if (last !== undefined && Math.abs(at - last) < SAME_AGAIN_MS) return true;
    // A page may have any number of origins.
    if (this.#told.size >= MOST_ORIGINS) this.#told.clear();
    this.#told.set(key, at);
    return false;
  }
}
