import type { GatewayEvent } from './control/protocol.ts';

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

/** What the core is told: the last events, also of the time when no core ran. */
export class EventRing {
  readonly #kept: GatewayEvent[] = [];
  readonly #listeners = new Set<(event: GatewayEvent) => void>();
  readonly #told = new Map<string, number>();
  /** Larger than those of a gateway before this one. */
  #lastId = Date.now() * 1000;

  readonly tell: Tell = (event) => {
    const known = { ...event, id: ++this.#lastId, at: Date.now() } as GatewayEvent;
    if (this.#isRepeated(known)) return;
    this.#kept.push(known);
    if (this.#kept.length > MOST_KEPT) this.#kept.shift();
    for (const listener of this.#listeners) listener(known);
  };

  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  /** Calls with every event after that one, and returns how to end that. */
  follow(after: number, listener: (event: GatewayEvent) => void): () => void {
    for (const event of this.#kept) if (event.id > after) listener(event);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #isRepeated(event: GatewayEvent): boolean {
    const { id: _, at, ...what } = event;
    const key = JSON.stringify(what);
    const last = this.#told.get(key);
    if (last !== undefined && at - last < SAME_AGAIN_MS) return true;
    // A page may have any number of origins.
    if (this.#told.size >= MOST_ORIGINS) this.#told.clear();
    this.#told.set(key, at);
    return false;
  }
}
