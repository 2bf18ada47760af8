import type { Service } from '#main/shared/result.ts';
import type { Tone } from '../../ui/state-dot.tsx';

export const healthTone: Record<Service['health'], Tone> = {
  starting: 'active',
  healthy: 'ok',
  unhealthy: 'bad',
  stopped: 'idle',
};
