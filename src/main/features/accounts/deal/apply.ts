import type { WritableState } from '../../../eth/writable-state.ts';
import type { Dealt } from '../contract.ts';
import type { DealtToken } from './about-token.ts';
import type { DealPlan } from './plan.ts';
import { unlikeSimulated } from './refusals.ts';
import type { Trial } from './trial.ts';
import { type Write, wordOf } from './writes.ts';

/**
 * Writes what a plan says and reads it back. What is written goes to the chain in one request, so
 * that a process that is killed leaves all of it or nothing. When it doesn't read back as planned,
 * it is put back as it was and this rejects with DEAL_FAILED. Rejects with RpcError.
 */
export async function applyPlan(
  state: WritableState,
  trial: Trial,
  token: DealtToken,
  { writes, expected }: DealPlan,
): Promise<Dealt['written']> {
  const written = await Promise.all(
    writes.map(async (write) => ({ write, before: await trial.valueAt(write) })),
  );
  try {
    await writeAll(state, writes);
    const outputs = await Promise.all(expected.map(({ question }) => trial.ask(question)));
    const isRight = expected.every(({ value }, i) => (outputs[i] ?? 0n) === value);
    if (!isRight) throw unlikeSimulated(token);
  } catch (error) {
    await writeAll(
      state,
      written.map(({ write, before }) => ({ ...write, value: before })),
    );
    throw error;
  }
  return written.map(({ write: { address, slot, value }, before }) => ({
    ...{ address, slot },
    before: wordOf(before),
    after: wordOf(value),
  }));
}

/** Waits for all, so that nothing is still under way when one is refused. */
async function writeAll(state: WritableState, writes: readonly Write[]): Promise<void> {
  const results = await Promise.allSettled(
    writes.map(({ address, slot, value }) =>
      slot === null
        ? state.setBalance(address, value)
        : state.setStorage(address, slot, wordOf(value)),
    ),
  );
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
