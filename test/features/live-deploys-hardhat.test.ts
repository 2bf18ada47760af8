import { execFileSync } from 'node:child_process';
import { generatePrivateKey } from 'viem/accounts';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { isFinal } from '#main/shared/final.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { inputOf } from '#test/harness/hardhat-deploy.ts';
import { copyHardhatFixture, type HardhatFixture } from '#test/harness/hardhat-fixture.ts';
import { type LiveNetwork, liveNetwork } from '#test/harness/live-network.ts';
import { SecretsHunt } from '#test/harness/secrets-hunt/hunt.ts';

const TEN_ETHER = '0x8ac7230489e80000';
/** Given by the user; searched for wherever a run may leave traces. */
const KEY = generatePrivateKey();
const PASSWORD = 'a password that nobody else has';

let opened: TestApp;
let client: Client;
let live: LiveNetwork;
let fixture: HardhatFixture;
let project: number;
let sender: string;
let hunt: SecretsHunt;
const homeBefore = process.env.HOME;

beforeAll(async () => {
  opened = await openTestApp();
  ({ client } = await openDoor('in-process', opened.app));
  hunt = await SecretsHunt.begin(opened);
  hunt.keep('the key that signs', KEY);
  hunt.keep('its password', PASSWORD);
  live = await liveNetwork(5151);
  sender = (await client.keys.import({ name: 'own', privateKey: KEY, password: PASSWORD }))
    .address as string;
  await live.chain.rpc('anvil_setBalance', sender, TEN_ETHER);
  await client.networks.save({ name: 'shared', kind: 'remote', url: live.url });
  fixture = await copyHardhatFixture('three-viem');
  hunt.project(fixture.project);
  hunt.project(fixture.home);
  execFileSync('git', ['init', '--quiet'], { cwd: fixture.folder });
  project = (await client.projects.add({ path: fixture.project, kind: 'hardhat' })).id;
}, 240_000);

afterEach(() => {
  process.env.HOME = homeBefore;
});

afterAll(async () => {
  await hunt?.end();
  await opened?.[Symbol.asyncDispose]();
  await live?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

test('a module is reviewed, sent by the key, and no trace of the key is left anywhere', async () => {
  process.env.HOME = fixture.home;
  const [first] = fixture.deploys;
  if (!first) throw new Error('the fixture has nothing to deploy');
  const { id } = await client.reviews.rehearse({
    ...{ project, target: 'shared', input: { ...inputOf(first), key: 'own' } },
  });
  await vi.waitUntil(async () => (await client.reviews.get({ id })).status !== 'rehearsing', {
    timeout: 180_000,
  });
  const review = await client.reviews.get({ id });
  expect(review).toMatchObject({ status: 'open', problem: null });
  expect(review.certificate?.contracts.map(({ name }) => name).sort()).toEqual(
    first.contracts.map(({ name }) => name).sort(),
  );
  expect(live.arrived).toEqual([]);

  process.env.HOME = homeBefore;
  const approving = client.reviews.approve({ id, password: PASSWORD });
  const run = await approving;
  process.env.HOME = fixture.home;
  await vi.waitUntil(async () => isFinal((await client.deployments.get({ id: run.id })).status), {
    timeout: 180_000,
  });
  expect(await client.deployments.get({ id: run.id })).toMatchObject({
    ...{ status: 'succeeded', failure: null },
  });
  expect(live.arrived).toHaveLength(review.certificate?.transactions.length ?? 0);

  // The next rehearsal begins with what the tool has noted of the network.
  const again = await client.reviews.rehearse({
    ...{ project, target: 'shared', input: { ...inputOf(first), key: 'own' } },
  });
  const now = () => client.reviews.get({ id: again.id });
  await vi.waitUntil(async () => (await now()).status !== 'rehearsing', { timeout: 180_000 });
  expect(await now()).toMatchObject({ problem: 'The rehearsal has sent nothing.' });
}, 400_000);
