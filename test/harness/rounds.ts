/**
 * Shared by random tests. `npm run test:long` runs the suites that import this; it prints the seed,
 * and takes `--seed` and `--rounds` to repeat a failure.
 */
const { DRYDOCK_TEST_SEED, DRYDOCK_TEST_ROUNDS, DRYDOCK_TEST_LONG } = process.env;

/** The same for all suites of a run. */
export const seed = Number(DRYDOCK_TEST_SEED ?? Date.now() % 1_000_000);

/**
 * How many rounds to run, for `fc.assert(…, { seed, numRuns: rounds(60, 2000) })` and loops.
 *
 * @param usual in `npm test`: a few seconds at most
 * @param long in `npm run test:long`
 */
export function rounds(usual: number, long: number): number {
  if (DRYDOCK_TEST_ROUNDS) return Number(DRYDOCK_TEST_ROUNDS);
  return DRYDOCK_TEST_LONG ? long : usual;
}
