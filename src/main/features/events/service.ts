import { Notifier } from '../../lib/notifier.ts';
import type { Change } from '../app/contract.ts';
import { changesOf } from './changes-of.ts';
import type { Emit, Event, EventType } from './contract.ts';
import type { EventsStore } from './store.ts';

export const KEPT_EVENTS = 100_000;
const PAGE = 1000;
/** How often events are looked for that another core wrote. */
const FOREIGN_LOOK_MS = 1000;

export interface EventsDependencies {
  store: EventsStore;
  changed: (change: Change) => void;
  kept?: number;
}

/**
 * The list of what happened. An event is in SQLite before anyone hears of it, and everyone reads it
 * from there: readers here, listeners here, and other cores on the same data folder.
 */
export function eventsService({ store, changed, kept = KEPT_EVENTS }: EventsDependencies) {
  const wake = new Notifier<'any'>();
  const listeners = new Set<(event: Event) => void>();
  let told = store.lastSeq();
  let scheduled = false;
  let sinceCleaning = 0;
  let looking: NodeJS.Timeout | undefined;
  let foreign = store.foreignWrites();

  function tell(): void {
    let some = false;
    for (;;) {
      const page = store.after(told, PAGE);
      const last = page.at(-1);
      if (!last) break;
      told = last.seq;
      some = true;
      for (const event of page) {
        for (const change of changesOf(event)) changed(change);
        for (const listener of listeners) listener(event);
      }
    }
    if (some) wake.notify('any');
  }

  const emit: Emit = (event, at = Date.now()) => {
    const seq = store.insert(event, at);
    sinceCleaning += 1;
    if (sinceCleaning >= Math.min(PAGE, kept)) {
      sinceCleaning = 0;
      store.removeUpTo(seq - kept);
    }
    if (scheduled) return;
    scheduled = true;
    // Transactions are synchronous: by then this one is committed, or never happened.
    queueMicrotask(() => {
      scheduled = false;
      if (!closed) tell();
    });
  };
  let closed = false;

  return {
    emit,

    /** Called for each event from now on. Returns how to stop. */
    listen(listener: (event: Event) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /** Tells the events of other cores as well, until `close`. */
    followOthers(): void {
      looking ??= setInterval(() => {
        const now = store.foreignWrites();
        if (now === foreign) return;
        foreign = now;
        tell();
      }, FOREIGN_LOOK_MS);
      looking.unref();
    },

    list: (input: { before?: number; types?: EventType[]; limit: number }): Event[] =>
      store.before(input.before, input.types, input.limit),

    after: (seq: number, limit: number): Event[] => store.after(seq, limit),
    lastSeq: (): number => store.lastSeq(),

    /** Pages of events after `after`, then live ones; ends after `limit` events or at an abort. */
    async *watch(
      after: number,
      limit: number,
      signal?: AbortSignal,
    ): AsyncGenerator<Event[], void> {
      let left = limit;
      let seq = after;
      while (left > 0 && !signal?.aborted && !closed) {
        const page = store.after(seq, Math.min(PAGE, left));
        const last = page.at(-1);
        if (last) {
          seq = last.seq;
          left -= page.length;
          yield page;
        } else {
          await wake.next('any', signal, FOREIGN_LOOK_MS);
        }
      }
    },

    close(): void {
      closed = true;
      clearInterval(looking);
      wake.notify('any');
    },
  };
}

export type EventsService = ReturnType<typeof eventsService>;
