import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';
import { replayDiff, type WrittenDiff } from '#test/harness/replayed-diff.ts';
import { rounds, seed } from '#test/harness/rounds.ts';

let chain: FollowedChain;
let project: InsideProject;
let stored: string;

beforeAll(async () => {
  chain = await FollowedChain.open();
  project = await insideProject('src/Stored.sol', 'optimised', { withLayouts: true });
  await chain.client.projects.add({ path: project.path, name: 'stored' });
  const { creation } = project.contracts.get('Stored') ?? {};
  const sent = await chain.send({ data: `0x${creation?.object as ''}` });
  stored = sent.contractAddress;
});
afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

const address = fc
  .integer({ min: 0x1000, max: 0x1010 })
  .map((n) => `0x${n.toString(16).padStart(40, '0')}`);
const word = fc.constantFrom(0n, 1n, 7n, (1n << 256n) - 1n).map((n) => hex(n, 64));
const slot = fc.constantFrom(0n, 1n, 3n, 1n << 200n).map((n) => hex(n, 64));
const hex = (n: bigint, digits = 0) => `0x${n.toString(16).padStart(digits, '0')}`;

/** Stores its input's first word at its second one; or its own end. */
const codes = fc.constantFrom('0x', '0x602035600035550033', '0x33ff', '0x60016000550000');

type Step = () => Promise<unknown>;

const calls = (functionName: string, args: fc.Arbitrary<unknown[]> = fc.constant([])) =>
  args.map((all): Step => {
    const { abi = [] } = project.contracts.get('Stored') ?? {};
    const data: Hex = encodeFunctionData({ abi, functionName, args: all });
    return () => chain.send({ to: stored, data });
  });

const steps = () =>
  fc.array(
    fc.oneof(
      calls('values'),
      calls('lists_'),
      calls('clear'),
      calls('texts', fc.tuple(fc.string({ maxLength: 80 }), fc.constantFrom('0x', '0x0102'))),
      calls('maps', fc.tuple(address, fc.string({ maxLength: 40 }))),
      fc.tuple(address, fc.bigInt(0n, 5n)).map(([to, value]): Step => {
        return () => chain.send({ to, value: hex(value) });
      }),
      // A creation, of a contract that destroys itself at once too.
      fc.constantFrom<Hex>('0x600160005533ff', '0x60016000556133ff6000526002601ef3').map(
        (data): Step =>
          () =>
            chain.send({ data }),
      ),
      fc.tuple(address, codes).map(([at, code]): Step => {
        return () => chain.call('anvil_setCode', [at, code]);
      }),
      fc.tuple(address, slot, word).map(([at, place, value]): Step => {
        return () => chain.call('anvil_setStorageAt', [at, place, value]);
      }),
      fc.tuple(address, fc.bigInt(0n, (1n << 64n) - 2n)).map(([at, nonce]): Step => {
        return () => chain.call('anvil_setNonce', [at, hex(nonce)]);
      }),
      fc.tuple(address, fc.bigInt(0n, (1n << 256n) - 1n)).map(([at, balance]): Step => {
        return () => chain.call('anvil_setBalance', [at, hex(balance)]);
      }),
      address.map(
        (at): Step =>
          () =>
            chain.send({ to: at, data: `0x${'01'.repeat(64)}` }),
      ),
    ),
    { minLength: 1, maxLength: 12 },
  );

/** All that the chain holds, read without what is tested: zeros and accounts of nothing left out. */
async function held(): Promise<Map<string, string>> {
  const dump = await chain.call<string>('anvil_dumpState');
  const text = gunzipSync(Buffer.from(dump.slice(2), 'hex')).toString();
  const { accounts } = JSON.parse(text.replace(/"nonce":(\d+)/g, '"nonce":"$1"')) as {
    accounts: Record<string, { storage: Record<string, string> } & Record<string, unknown>>;
  };
  const all = new Map<string, string>();
  for (const [at, { nonce, balance, code, storage }] of Object.entries(accounts)) {
    const words = Object.entries(storage).filter(([, value]) => BigInt(value) !== 0n);
    const isNothing = nonce === '0' && balance === '0x0' && code === '0x' && words.length === 0;
    if (!isNothing) all.set(at, JSON.stringify([nonce, balance, code, words.sort()]));
  }
  return all;
}

const snapshot = async () => (await chain.client.chains.snapshot({ chain: 'local' })).id;
const revert = (id: number) => chain.client.chains.revert({ chain: 'local', snapshot: id });

test('setting what differs on the earlier state makes it the later one, and back', async () => {
  await fc.assert(
    fc.asyncProperty(steps(), async (made) => {
      const first = await snapshot();
      const before = await held();
      for (const step of made) await step();
      const second = await snapshot();
      const after = await held();
      const differ = async (a: number, b: number | 'now') =>
        JSON.parse(
          (await chain.client.stateDiff.export({ chain: 'local', before: a, after: b })).text,
        ) as WrittenDiff;
      const [there, back] = [await differ(first, second), await differ(second, first)];
      expect((await differ(first, 'now')).accounts).toEqual(there.accounts);
      expect((await differ(second, 'now')).accounts).toEqual([]);
      await replayDiff(chain.call, back);
      expect(await held()).toEqual(before);
      await revert(first);
      expect(await held()).toEqual(before);
      await replayDiff(chain.call, there);
      expect(await held()).toEqual(after);
      await revert(first);
    }),
    { seed, numRuns: rounds(2, 100) },
  );
}, 600_000);
