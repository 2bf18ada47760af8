import type { Fix } from '#main/kit/errors.ts';
import { client } from '../../client.ts';

type Call = NonNullable<Fix['call']>;

/** Calls the procedure a remedy names, e.g. `chains.start`. Rejects as that procedure does. */
export async function runFix(call: Call): Promise<void> {
  let target: unknown = client;
  for (const part of call.procedure.split('.')) {
    target = (target as Record<string, unknown>)[part];
  }
  if (typeof target !== 'function') {
    throw new Error(`This window doesn't know how to do "${call.procedure}". Reload it.`);
  }
  await (target as (input: unknown) => Promise<unknown>)(call.input);
}
