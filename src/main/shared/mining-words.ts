import type { Mining } from './mining.ts';

/** How a chain makes blocks, in a few words. */
export const miningWords = ({ mode, seconds }: Mining): string =>
  mode === 'interval' ? `every ${seconds} s` : mode === 'manual' ? 'by hand' : 'on demand';
