import type { headline } from '#main/features/events/contract/words.ts';
import type { Tone } from '../../ui/state-dot.tsx';

/** How an event is marked, by how good it is. */
export const eventTone: Record<ReturnType<typeof headline>['tone'], Tone> = {
  good: 'ok',
  bad: 'bad',
  warning: 'warn',
  plain: 'idle',
};
