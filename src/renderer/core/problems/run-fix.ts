import type { Fix } from '#main/shared/errors.ts';
import { client } from '../client.ts';

type Call = NonNullable<Fix['call']>;

/** Calls the procedure a remedy names, e.g. `chains.start`, and returns or rejects as it does. */
export async function runFix(call: Call): Promise<unknown> {
  let target: unknown = client;
  for (const part of call.procedure.split('.')) {
    target = (target as Record<string, unknown>)[part];
  }
  if (typeof target !== 'function') {
    throw new Error(`This window doesn't know how to do "${call.procedure}". Reload it.`);
  }
  return (target as (input: unknown) => Promise<unknown>)(call.input);
}
