/** Whether every combination is tested, as by `npm run test:long`; otherwise each of its parts once. */
export const testsAll = Boolean(process.env.DRYDOCK_TEST_ALL);

/** Those of some cases that are tested: all, or as many from the beginning. */
export const some = <T>(cases: readonly T[], usual: number): T[] =>
  testsAll ? [...cases] : cases.slice(0, usual);
