import { afterEach, expect, test, vi } from 'vitest';
import { main } from '#main/doors/cli/main.ts';
import { eventsInput } from '#main/features/contracts/contract/events.ts';
import { storageInput } from '#main/features/contracts/contract/storage.ts';
import { blockInput } from '#main/features/explorer/contract/blocks.ts';
import { gasReportInput } from '#main/features/gas/contract.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function drydock(...args: string[]) {
  await using home = await temporaryFolder();
  vi.stubEnv('DRYDOCK_HOME', home.path);
  let printed = '';
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed += text;
      return true;
    });
  }
  const code = await main(args);
  vi.restoreAllMocks();
  return { code, printed };
}

const problemOf = (
  result: { success: true } | { success: false; error: { issues: { message: string }[] } },
) => (result.success ? null : result.error.issues.map(({ message }) => message).join());

test.each(['0x12', '12', `0x${'a'.repeat(65)}`])(
  '%s is no hash, and it says what one is',
  async (text) => {
    const { code, printed } = await drydock('tx', 'show', text);
    expect(code).not.toBe(0);
    expect(printed).toContain(`${text} is no hash of a transaction: give 0x and 64 hex digits`);
    expect(printed).toContain('at least the first four');
  },
);

test('a slot is below 2^256, however it is written', () => {
  const problem = (slot: string) =>
    problemOf(storageInput.safeParse({ contract: 'token', slots: [slot] }));
  const most = 2n ** 256n - 1n;
  expect(problem(most.toString())).toBeNull();
  expect(problem(`0x${most.toString(16)}`)).toBeNull();
  for (const bad of [
    (most + 1n).toString(),
    '9'.repeat(78),
    '9'.repeat(79),
    `0x1${'0'.repeat(64)}`,
  ])
    expect(problem(bad)).toMatch(/^give a slot: a number below 2\^256/);
});

test('blocks from a later one to an earlier one are refused', () => {
  const range = { fromBlock: 9, toBlock: 3 };
  const behind = /behind the last block/;
  expect(problemOf(eventsInput.safeParse({ contract: 'token', ...range }))).toMatch(behind);
  expect(problemOf(gasReportInput.safeParse(range))).toMatch(behind);
  for (const toBlock of [9, 10, undefined]) {
    const ordered = { fromBlock: 9, toBlock };
    expect(problemOf(eventsInput.safeParse({ contract: 'token', ...ordered }))).toBeNull();
    expect(problemOf(gasReportInput.safeParse(ordered))).toBeNull();
  }
});

test('a number that no block can have says how long one may be', () => {
  const parsed = blockInput.safeParse({ network: 'local', block: '12345678901234567890' });
  expect(problemOf(parsed)).toMatch(/a number of up to 15 digits/);
});
