import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { made } from '#test/harness/made.ts';
import { freePort } from '#test/harness/ports.ts';
import { scriptProject } from '#test/harness/script-project.ts';

let core: TestApp;
let client: Client;
let fixture: Fixture;
let project: number;

const ONE = '0x000000000000000000000000000000000000dEaD';

const MANY = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.13;
import "../src/Vm.sol";
contract Many is Script {
  function run(uint256 count) external {
    vm.startBroadcast();
    for (uint256 i; i < count; i++) new C(i);
  }
  function only() external { vm.startBroadcast(); new C(7); }
}
`;

/** The second one keeps everything of its own elsewhere. */
const PROFILES = `[profile.default]
libs = ["lib"]
[profile.second]
script = "elsewhere"
out = "second/out"
cache_path = "second/cache"
broadcast = "second/broadcast"
`;

beforeAll(async () => {
  core = await openTestApp({ follow: true });
  client = (await openDoor('in-process', core.app)).client;
  fixture = await scriptProject({ Deploy: 'vm.startBroadcast(); new C(1);' });
  await mkdir(path.join(fixture.folder, 'elsewhere'));
  await writeFile(path.join(fixture.folder, 'script/Many.s.sol'), MANY);
  await writeFile(path.join(fixture.folder, 'elsewhere/One.s.sol'), MANY.replace('Many', 'One'));
  await writeFile(path.join(fixture.folder, 'foundry.toml'), PROFILES);
  project = (await client.projects.add({ path: fixture.folder, name: 'shop' })).id;
  const port = await freePort();
  await client.networks.save({ name: 'local', kind: 'local', port });
}, 60_000);

beforeEach(async () => {
  for (const { target } of await client.deployDefaults.list({ project })) {
    await client.deployDefaults.remove({ project, target });
  }
});

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

const many = { script: 'script/Many.s.sol:Many', sig: 'run(uint256)', args: ['2'] };
const keep = (input: Record<string, unknown>, target = 'local') =>
  client.deployDefaults.set({ project, target, input });
const start = (input?: Record<string, unknown>, target = 'local') =>
  client.deployments.start({ project, target, input });

async function ended(id: number) {
  for await (const _ of await client.deployments.watch({ id })) {
    // Only the end matters.
  }
  return client.deployments.get({ id });
}

test('are kept as the kind understands them, and named when they are wrong', async () => {
  expect(await keep({ script: 'Many.s.sol', sig: 'run', args: ['2'] })).toEqual({
    target: 'local',
    input: many,
  });
  expect(await keep({ from: '3' })).toEqual({ target: 'local', input: { ...many, from: '3' } });
  // What belongs to an entry goes with it.
  const other = { script: 'script/Deploy.s.sol:Deploy', from: '3' };
  expect(await keep({ script: 'script/Deploy.s.sol' })).toMatchObject({ input: other });
  expect(await keep({ script: null, from: null })).toEqual({ target: 'local', input: {} });
  expect(await client.deployDefaults.list({ project })).toEqual([]);

  const wrong = async (input: Record<string, unknown>, target?: string) =>
    keep(input, target).catch(({ code, data }) => `${code} ${data?.field}`);
  expect(await wrong({ script: 'script/None.s.sol' })).toBe('SCRIPT_NOT_FOUND script');
  expect(await wrong({ ...many, args: ['two'] })).toBe('BAD_ARGUMENT args');
  expect(await wrong({ paper: 'lined' })).toBe('BAD_INPUT paper');
  expect(await wrong({ account: 'deployer' })).toBe('BAD_INPUT account');
  expect(await wrong({ ...many, args: [`0x${'ab'.repeat(32)}`] })).toBe('SECRET_ARGUMENT args');
  expect(await wrong({ profile: 'third' })).toBe('BAD_ARGUMENT profile');
  expect(await wrong({ options: ['--json'] })).toBe('BAD_ARGUMENT options');
  expect(await wrong({ from: '1' }, 'nowhere')).toBe('NETWORK_NOT_FOUND network');
  expect(await client.deployDefaults.list({ project })).toEqual([]);
  // The request brings what is missing.
  const half = { script: many.script, sig: many.sig };
  expect(await keep(half)).toMatchObject({ input: half });
});

test('each network deploys its own, and a request wins over it', async () => {
  await client.networks.save({
    ...{ name: 'second', kind: 'local', chainId: 31_338 },
    port: await freePort(),
  });
  await client.chains.start({ chain: 'second' });
  await client.chains.start({ chain: 'local' }).catch(() => undefined);
  await keep(many);
  const one = { script: 'elsewhere/One.s.sol:One', sig: 'only()', profile: 'second' };
  await keep({ ...one, options: ['--via-ir', '-vvv'] }, 'second');

  const local = await ended((await start()).id);
  expect(local).toMatchObject({ status: 'succeeded', input: many });
  expect(made(local).contracts).toHaveLength(2);
  const second = await ended((await start(undefined, 'second')).id);
  expect(second).toMatchObject({ status: 'succeeded', failure: null, input: { ...one, args: [] } });
  expect(second.command).toMatch(
    /^(\S+ )*FOUNDRY_PROFILE=second (\S+ )*forge script .* --via-ir -vvv/,
  );
  const { folder } = fixture;
  expect(existsSync(path.join(folder, 'second/broadcast/One.s.sol/31338'))).toBe(true);
  expect(existsSync(path.join(folder, 'second/out/One.s.sol'))).toBe(true);
  expect(existsSync(path.join(folder, 'broadcast/One.s.sol'))).toBe(false);
  expect(made(second).contracts).toHaveLength(1);

  const another = await start({ script: 'script/Deploy.s.sol' });
  expect(another.input).toMatchObject({ script: 'script/Deploy.s.sol:Deploy', args: [] });
  expect((await start({ script: 'script/Many.s.sol' })).input).toMatchObject(many);
  expect((await start({ script: null, sig: null })).input).toMatchObject(another.input);

  // A run is repeated as it was, wherever that is.
  await keep({ args: ['1'] });
  const again = await client.deployments.redeploy({ id: local.id, asItIsNow: true });
  expect(again.input).toEqual(local.input);
  const retried = await client.deployments.retry({
    id: local.id,
    changes: { target: 'second' },
  });
  expect(retried.input).toEqual(local.input);

  for (const { id } of [another, again, retried]) await ended(id);
  await client.chains.stop({ chain: 'second' });
  await client.networks.remove({ name: 'second' });
  expect(await client.deployDefaults.list({ project })).toMatchObject([{ target: 'local' }]);
  // The one that Drydock brings along is left.
  await client.chains.stop({ chain: 'local' });
  await client.networks.remove({ name: 'local' });
  expect(await client.deployDefaults.list({ project })).toMatchObject([{ target: 'local' }]);
}, 180_000);

test('what is kept for all networks holds where a network has nothing of its own', async () => {
  const everywhere = { ...many, options: ['--via-ir'], from: ONE, key: 'deployer' };
  expect(await keep(everywhere, '*')).toMatchObject({ target: '*', input: everywhere });
  const named = keep({ from: 'treasury' }, '*');
  await expect(named).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field: 'from' } });
  const run = await start();
  // A key is for networks that others see.
  expect(run.input).toEqual({ ...many, options: ['--via-ir'], from: ONE, snapshot: true });

  // Of its own: another sender, another entry without the arguments of the first, and no options.
  const script = 'script/Deploy.s.sol:Deploy';
  await keep({ script, from: '3', options: null }, 'local');
  expect(await client.deployDefaults.get({ project, target: 'local' })).toEqual({
    ...{ target: 'local', input: { script, from: '3', options: null } },
  });
  const other = await start();
  expect(other.input).toMatchObject({ script, args: [], from: '3' });
  expect(other.input).not.toHaveProperty('options');
  expect((await start({ options: ['--slow'] })).input).toMatchObject({ options: ['--slow'] });

  await keep(Object.fromEntries(Object.keys(everywhere).map((name) => [name, null])), '*');
  expect(await client.deployDefaults.list({ project })).toMatchObject([{ target: 'local' }]);
  const { running, waiting } = await client.deployments.queue();
  for (const { id } of [...waiting, ...running]) await client.deployments.cancel({ id });
}, 60_000);

test('the scripts, contracts and the names of all profiles are offered', async () => {
  const { entries, offered } = await client.projects.choices({ project });
  expect(offered).toEqual({ profile: ['default', 'second'] });
  const scripts = entries.map(({ value, isDefault }) => [value, isDefault]);
  expect(scripts).toEqual([
    ['script/Deploy.s.sol:Deploy', true],
    ['script/Many.s.sol:Many', false],
    ['elsewhere/One.s.sol:One', false],
    ['src/Vm.sol:C', false],
  ]);
});

test('go with their project', async () => {
  const folder = path.join(fixture.folder, 'inner');
  await mkdir(path.join(folder, 'script'), { recursive: true });
  await writeFile(path.join(folder, 'foundry.toml'), '');
  const { id } = await client.projects.add({ path: folder });
  await client.deployDefaults.set({ project: id, target: 'local', input: { from: '1' } });
  await client.projects.remove({ project: id });
  const again = await client.projects.add({ path: folder });
  expect(await client.deployDefaults.list({ project: again.id })).toEqual([]);
});
