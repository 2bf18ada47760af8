import type { Report } from '#main/features/doctor/contract.ts';
import type { Check } from '#main/shared/check.ts';
import type { Tone } from '../../ui/state-dot.tsx';

export const doctorTone: Record<Report['status'], Tone> = {
  ok: 'ok',
  warning: 'warn',
  error: 'bad',
};

export const doctorWord: Record<Report['status'], string> = {
  ok: 'everything is there',
  warning: 'something could be better',
  error: 'something is missing',
};

export const checkTone: Record<Check['status'], Tone> = { ...doctorTone, absent: 'idle' };

export const checkWord: Record<Check['status'], string> = {
  ok: 'ok',
  absent: 'not found, not needed',
  warning: 'warning',
  error: 'error',
};
