import type { Report } from '#main/features/doctor/contract.ts';
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
