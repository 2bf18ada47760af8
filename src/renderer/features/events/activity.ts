import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Event, EventType } from '#main/features/events/contract.ts';
import { client } from '../../core/client.ts';
import { forever } from '../../core/streams/forever.ts';
import { notifyOfEnd } from './browser-notification.ts';

const KEPT = 200;

/** News without a user's action; a user's own actions aren't counted. */
const counted: ReadonlySet<EventType> = new Set([
  'deployment.ended',
  'chain.ended',
  'origin.refused',
  'nonce.off',
  'gateway.replaced',
]);

/** Recent events, newest first. */
export const useActivity = create<{ events: Event[] }>(() => ({ events: [] }));

/** The last event that this browser's user has seen. null: none; then nothing counts as new. */
const useSeen = create<{ seq: number | null }>()(
  persist((): { seq: number | null } => ({ seq: null }), { name: 'drydock.seen', version: 1 }),
);

export function useUnread(): number {
  const { events } = useActivity();
  const seq = useSeen((state) => state.seq);
  return events.filter((e) => counted.has(e.type) && e.seq > (seq ?? Number.MAX_SAFE_INTEGER))
    .length;
}

export function markAllSeen(): void {
  const newest = useActivity.getState().events[0];
  if (newest) useSeen.setState({ seq: newest.seq });
}

function add(batch: Event[]): void {
  useActivity.setState(({ events }) => {
    const known = events[0]?.seq ?? 0;
    const fresh = batch.filter((e) => e.seq > known).reverse();
    return { events: [...fresh, ...events].slice(0, KEPT) };
  });
}

/** Keeps the list current until `signal`; after a lost connection it resumes where it stopped. */
export function followActivity(signal: AbortSignal): Promise<void> {
  let next: number | undefined;
  return forever(signal, async () => {
    if (next === undefined) {
      const latest = await client.events.list({ limit: KEPT });
      useActivity.setState({ events: latest });
      next = latest[0]?.seq ?? 0;
      if (useSeen.getState().seq === null) useSeen.setState({ seq: next });
    }
    for await (const batch of await client.events.watch({ after: next }, { signal })) {
      next = batch.at(-1)?.seq ?? next;
      add(batch);
      for (const event of batch) notifyOfEnd(event);
    }
  });
}
