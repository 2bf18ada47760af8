import { afterAll, beforeAll, expect, test } from 'vitest';
import { blockText, transactionText } from '#main/features/explorer/text.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';

const network = 'local';
/** Its init code leaves one byte of code. */
const CREATION = '0x60016000f3';

let chain: FollowedChain;

beforeAll(async () => {
  chain = await FollowedChain.open();
});

afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
});

test('a transaction whose sender has a nonce beyond 2^53 is still traced', async () => {
  const { client } = chain;
  const [sender] = await chain.call<string[]>('eth_accounts');
  await chain.call('anvil_setNonce', [sender, '0x20000000000003']);
  const { hash } = await chain.send({ data: CREATION });
  await chain.recorded();
  expect(chain.store.find(network, hash, null)).not.toBeNull();
  const shown = await client.explorer.transaction({ network, hash, trace: true, state: true });
  expect(shown).toMatchObject({ nonce: null, stateProblem: null, traceProblem: null });
  expect(shown.trace).toMatchObject({ type: 'CREATE' });
  expect(shown.state).not.toBeNull();
}, 60_000);

test('a block later than any date has no other time', async () => {
  const { client } = chain;
  await chain.call('evm_setNextBlockTimestamp', ['0x20000000000003']);
  const { hash } = await chain.send({ data: CREATION });
  await chain.recorded();
  const [line] = (await client.explorer.blocks({ network, limit: 1 })).blocks;
  expect(line).toMatchObject({ timestamp: null });
  const block = await client.explorer.block({ network, block: 'latest', first: 0, limit: 1 });
  expect(block).toMatchObject({ timestamp: null, transactions: [{ hash, timestamp: null }] });
  expect(blockText(block)).toMatch(/^time +later than any date$/m);
  const shown = await client.explorer.transaction({ network, hash });
  expect(transactionText(shown)).toMatch(/^time +later than any date$/m);
}, 60_000);
