import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { rounds, seed } from '#test/harness/rounds.ts';
import { type Crashable, crashRounds } from './frame.ts';

/** `npm run crash -- --rounds 500 --seed 7 --kind foundry --engine docker` for any number. */
const { DRYDOCK_CRASH_ENGINE, DRYDOCK_CRASH_KIND } = process.env;

/** Whether rounds on this engine are asked for, as all are where nothing is said. */
export const isAskedFor = (engine: Crashable['engine']): boolean =>
  (DRYDOCK_CRASH_ENGINE ?? engine) === engine;

interface Asked extends Pick<Crashable, 'kind' | 'engine'> {
  /** In `npm test`, as few as show that rounds work; the seed is another one each time. */
  usual: number;
  /** In `npm run test:long`. */
  long: number;
}

export function crashTest(
  { kind, engine, usual, long }: Asked,
  make: (home: string, stack: AsyncDisposableStack) => Promise<Crashable>,
): void {
  const count = rounds(usual, long);
  test.skipIf(!isAskedFor(engine) || (DRYDOCK_CRASH_KIND ?? kind) !== kind)(
    `${kind} on ${engine}: after a kill at any instant nothing is stuck, lost or left running (seed ${seed})`,
    async () => {
      await using stack = new AsyncDisposableStack();
      const home = stack.use(await temporaryFolder()).path;
      const crashable = await make(home, stack);
      expect(await crashRounds(crashable, { home, rounds: count, seed })).toBe(count);
    },
    240_000 + count * 60_000,
  );
}
