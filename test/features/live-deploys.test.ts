import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { type Chain, startAnvil } from '#test/kinds/bench.ts';

const CHAIN_ID = 5150;
const ONE_ETHER = '0xde0b6b3a7640000';

let opened: TestApp;
let client: Client;
let live: Chain;
let fixture: Fixture;

beforeAll(async () => {
  opened = await openTestApp();
  ({ client } = await openDoor('in-process', opened.app));
  live = await startAnvil('--chain-id', `${CHAIN_ID}`);
  fixture = await copyFixture('token-vault');
  await client.projects.add({ path: fixture.folder, kind: 'foundry', name: 'vault' });
  await client.networks.save({ name: 'shared', kind: 'remote', url: live.url });
  const { address } = await client.keys.create({ name: 'deployer' });
  await live.rpc('anvil_setBalance', address, ONE_ETHER);
});

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await live[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
});

/** A review that can be approved, or the reason why there is none. */
async function reviewed(input: Record<string, unknown> = {}) {
  const { id } = await client.reviews.rehearse({
    ...{ project: 'vault', target: 'shared' },
    input: { key: 'deployer', ...input },
  });
  await vi.waitUntil(async () => (await client.reviews.get({ id })).status !== 'rehearsing');
  return client.reviews.get({ id });
}

async function ended(id: number) {
  await vi.waitUntil(async () => {
    const { status } = await client.deployments.get({ id });
    return ['succeeded', 'failed', 'cancelled', 'interrupted'].includes(status);
  });
  return client.deployments.get({ id });
}

test('a key signs nothing that was not reviewed', async () => {
  await expect(
    client.deployments.start({ project: 'vault', target: 'shared', input: { key: 'deployer' } }),
  ).rejects.toMatchObject({ code: 'REVIEW_NEEDED' });
});

test('what is reviewed is what is sent, and comes from the key', async () => {
  const review = await reviewed();
  expect(review.problem).toBeNull();
  expect(review.status).toBe('open');
  const { certificate } = review;
  expect(certificate?.transactions.length).toBeGreaterThan(0);
  const count = await live.rpc<string>('eth_getTransactionCount', review.sender, 'latest');
  expect(Number(count)).toBe(0);

  const run = await ended((await client.reviews.approve({ id: review.id })).id);
  expect(run.failure).toBeNull();
  expect(run.status).toBe('succeeded');
  const sent = run.result?.family === 'contracts' ? run.result.transactions : [];
  expect(sent.map(({ from, nonce }) => ({ from, nonce }))).toEqual(
    certificate?.transactions.map(({ nonce }) => ({ from: review.sender, nonce })),
  );
  for (const { address, codeHash: _ } of certificate?.contracts ?? []) {
    expect(await live.rpc('eth_getCode', address, 'latest')).not.toBe('0x');
  }
  expect(await client.reviews.get({ id: review.id })).toMatchObject({
    status: 'done',
    run: run.id,
  });

  const log = (await client.audit.list({ review: review.id })).toReversed();
  const { length } = certificate?.transactions ?? [];
  const steps = log.map(({ action, outcome }) => `${action} ${outcome}`);
  expect(steps[0]).toBe('reviews.rehearse done');
  expect(steps[1]).toBe('reviews.approve begun');
  expect(steps.filter((step) => step === 'reviews.signed done')).toHaveLength(length as number);
  expect(steps.filter((step) => step === 'reviews.approve done')).toHaveLength(1);
  const signed = log.filter(({ action }) => action === 'reviews.signed');
  for (const one of signed) {
    expect(one).toMatchObject({ door: 'core', target: 'shared', subject: 'deployer' });
  }
  expect((await client.audit.verify({})).broken).toBeNull();
});
