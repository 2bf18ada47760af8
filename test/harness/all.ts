/** Whether every combination is tested, as by `npm run test:long`; otherwise each of its parts once. */
export const testsAll = Boolean(process.env.DRYDOCK_TEST_ALL);
