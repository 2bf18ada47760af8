import type { Container } from '#main/features/containers/contract.ts';
import type { Tone } from '../../ui/state-dot.tsx';

/** A container's state, as a colour and in words. */
export function stateOf({ state, health, orphan, usedBy }: Container): {
  tone: Tone;
  word: string;
} {
  if (orphan) return { tone: 'warn', word: 'orphan' };
  if (state === 'running' && health === 'unhealthy') return { tone: 'bad', word: 'unhealthy' };
  if (state === 'running' && usedBy) return { tone: 'active', word: usedBy };
  if (state === 'running') return { tone: 'ok', word: 'healthy' };
  if (state === 'restarting' || state === 'paused') return { tone: 'warn', word: state };
  if (state === 'dead') return { tone: 'bad', word: state };
  return { tone: 'idle', word: 'stopped' };
}

/** A rate, short enough for an axis. */
export const percent = (value: number): string =>
  `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} %`;
