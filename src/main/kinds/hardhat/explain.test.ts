import { expect, test } from 'vitest';
import { explainFailure } from './explain.ts';

const lines = (...texts: string[]) => texts.map((text, seq) => ({ seq, text }));

test.each([
  [null, 'SIGKILL'],
  [137, null],
])(
  'one that was killed (%s, %s) is said to be, and nothing that it wrote is blamed',
  (exitCode, signal) => {
    const failure = explainFailure({ exitCode, signal, lines: lines('Compiling 3 files') });
    expect(failure.code).toBe('INTERRUPTED');
    expect(failure.message).toMatch(/^Hardhat was ended by SIGKILL from outside.+was done\. What/);
    expect(failure).not.toHaveProperty('seq');
  },
);

test('of one that crashed, what Node wrote of it is told', () => {
  const last = 'FATAL ERROR: Reached heap limit - JavaScript heap out of memory';
  const failure = explainFailure({ exitCode: 134, signal: null, lines: lines('Compiling', last) });
  expect(failure).toMatchObject({ code: 'INTERRUPTED', seq: 1 });
  expect(failure.message).toContain(`crashed (SIGABRT) before it was done: ${last}.`);
});

test('of one that failed by itself, what it threw', () => {
  const failure = explainFailure({
    exitCode: 1,
    signal: null,
    lines: lines('Error: no luck', 'bye'),
  });
  expect(failure).toMatchObject({ code: 'TOOL_FAILED', seq: 0 });
});

test('a fork that could not read from its upstream names the chain to start', () => {
  const network = {
    ...{ name: 'forked', kind: 'fork' as const },
    origin: { chain: 'local', host: '127.0.0.1:8545' },
  };
  const said =
    'ProviderError: failed to get account for 0xf3: error sending request for url (http://127.0.0.1:8545/); tcp connect error; Connection refused (os error 111)';
  expect(
    explainFailure({ exitCode: 1, signal: null, lines: lines('Compiled', said), network }),
  ).toMatchObject({
    code: 'RPC_UNREACHABLE',
    message: expect.stringContaining(
      'local, which forked forks from, does not answer: nothing listens there. Start local, then deploy again.',
    ),
    fix: { call: { procedure: 'chains.start', input: { chain: 'local' } } },
  });
});
