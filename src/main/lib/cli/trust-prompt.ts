import { ORPCError } from '@orpc/client';
import type { Cli } from './cli.ts';

export const trustOption = ['--trust', 'trust its folder, so that its code is run'] as const;

/** Repeats the call with trust when the first call lacks it and the user gives it. */
export async function askingForTrust<T>(
  cli: Pick<Cli<unknown>, 'confirm'>,
  given: boolean | undefined,
  call: (trust: boolean | undefined) => Promise<T>,
): Promise<T> {
  try {
    return await call(given);
  } catch (error) {
    if (!(error instanceof ORPCError && error.code === 'NOT_TRUSTED')) throw error;
    if (!(await cli.confirm(`${error.message}\nTrust it?`))) throw error;
    return call(true);
  }
}
