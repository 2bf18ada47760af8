import { test } from 'vitest';
import { testsAll } from './all.ts';

const none = Object.assign(() => undefined, { each: () => () => undefined });

/**
 * For what is shown by a chain or a run without Docker, and in Docker by the same code: there it is
 * tested by `npm run test:long` alone.
 */
export const testOf = (engine: string): typeof test =>
  engine === 'docker' && !testsAll ? (none as unknown as typeof test) : test;
