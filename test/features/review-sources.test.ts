import { execFileSync } from 'node:child_process';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { isFinal } from '#main/shared/final.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { type LiveNetwork, liveNetwork } from '#test/harness/live-network.ts';
import { scriptProject } from '#test/harness/script-project.ts';
import { verifier } from '#test/harness/verifier.ts';

const TEN_ETHER = '0x8ac7230489e80000';
const SCRIPTS = {
  Pair: 'vm.startBroadcast(); new C(1); new Other(); vm.stopBroadcast();',
  One: 'vm.startBroadcast(); new C(2); vm.stopBroadcast();',
};
const OTHER = 'contract Other { uint256 public number = 7; }';

let opened: TestApp;
let client: Client;
let live: LiveNetwork;
let fixture: Fixture;

beforeAll(async () => {
  opened = await openTestApp();
  ({ client } = await openDoor('in-process', opened.app));
  live = await liveNetwork(5154);
  fixture = await scriptProject(SCRIPTS, OTHER);
  await writeFile(path.join(fixture.folder, '.gitignore'), 'out\ncache\nbroadcast\n');
  git('init', '--quiet');
  await client.projects.add({ path: fixture.folder, kind: 'foundry', name: 'yard' });
  await client.networks.save({ name: 'shared', kind: 'remote', url: live.url });
  const { address } = await client.keys.create({ name: 'deployer' });
  await live.chain.rpc('anvil_setBalance', address, TEN_ETHER);
});

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await fixture[Symbol.asyncDispose]();
  await live[Symbol.asyncDispose]();
});

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
    cwd: fixture.folder,
    stdio: 'pipe',
  });

async function reviewed(script: keyof typeof SCRIPTS) {
  const { id } = await client.reviews.rehearse({
    ...{ project: 'yard', target: 'shared' },
    input: { key: 'deployer', script: `script/${script}.s.sol` },
  });
  const now = () => client.reviews.get({ id });
  await vi.waitUntil(async () => (await now()).status !== 'rehearsing');
  const review = await now();
  expect(review).toMatchObject({ status: 'open', problem: null });
  return review;
}

async function sent(id: number, more: { verify?: 'sourcify' } = {}) {
  const run = await client.reviews.approve({ id, ...more });
  await vi.waitUntil(async () => isFinal((await client.deployments.get({ id: run.id })).status));
  expect(await client.deployments.get({ id: run.id })).toMatchObject({ status: 'succeeded' });
  return run.id;
}

const aboutOf = ({ certificate }: Awaited<ReturnType<typeof reviewed>>) =>
  certificate?.warnings.map(({ about }) => about);

test('what a review deploys is told beside the last deployment there', async () => {
  const first = await reviewed('Pair');
  expect(first.certificate?.compared).toBeNull();
  const run = await sent(first.id);
  const source = path.join(fixture.folder, 'src/Vm.sol');
  const again = await reviewed('One');
  expect(again.certificate?.compared).toMatchObject({
    ...{ deployment: run, gone: ['Other'] },
    contracts: [{ name: 'C', change: 'same', before: expect.stringMatching(/^0x/) }],
  });

  const text = await readFile(source, 'utf8');
  await writeFile(source, text.replace('contract C {', 'contract C { uint256 public more = 1;'));
  const changed = await reviewed('One');
  expect(changed.certificate?.compared?.contracts).toMatchObject([{ change: 'changed' }]);
  await writeFile(source, text);
});

test('a commit that nobody else has is told, and a folder that moves on after the review', async () => {
  await using remote = await temporaryFolder();
  execFileSync('git', ['init', '--quiet', '--bare', remote.path]);
  git('add', '--all');
  git('commit', '--quiet', '-m', 'first');
  const alone = await reviewed('One');
  expect(aboutOf(alone)).toContain('not-pushed');
  expect((await client.reviews.check({ id: alone.id })).sources).toBeNull();

  git('remote', 'add', 'origin', remote.path);
  git('push', '--quiet', 'origin', 'HEAD:main');
  expect(aboutOf(await reviewed('One'))).not.toContain('not-pushed');
  git('pack-refs', '--all');
  expect(aboutOf(await reviewed('One'))).not.toContain('not-pushed');

  await appendFile(path.join(fixture.folder, 'script/One.s.sol'), '// more\n');
  expect((await client.reviews.check({ id: alone.id })).sources).toContain('1 file of');
  git('commit', '--quiet', '--all', '-m', 'second');
  expect((await client.reviews.check({ id: alone.id })).sources).toContain('is at the commit');
});

test('sources are verified where it was asked for, once all of it is on the network', async () => {
  await using service = await verifier(rpc(live.chain.url), 5154, 'KEY0123456789');
  await client.settings.set({ sourcifyUrl: `${service.url}/server` });
  await sent((await reviewed('One')).id);
  expect(service.sent).toEqual([]);
  await sent((await reviewed('Pair')).id, { verify: 'sourcify' });
  const all = () => client.verifications.list({ network: 'shared' });
  await vi.waitUntil(async () => (await all()).filter(({ endedAt }) => endedAt).length === 2);
  expect(await all()).toMatchObject([
    { contract: 'src/Vm.sol:Other', state: 'verified', service: 'sourcify' },
    { contract: 'src/Vm.sol:C', state: 'verified', service: 'sourcify' },
  ]);
});
