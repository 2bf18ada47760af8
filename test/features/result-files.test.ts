import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { made } from '#test/harness/made.ts';
import { rounds, seed } from '#test/harness/rounds.ts';
import { scriptProject } from '#test/harness/script-project.ts';

let core: TestApp;
let client: Client;
let project: Fixture;
let number = 0;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  project = await addProject();
  // A snapshot to go back to at the beginning of each test.
  await client.chains.start({ chain: 'local' });
  await client.chains.snapshot({ chain: 'local', name: 'start' });
});

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

async function addProject(): Promise<Fixture> {
  const made = await scriptProject({
    Deploy: 'vm.startBroadcast(); new C(block.number);',
    Call: 'vm.startBroadcast(); C(0x5FbDB2315678afecb367f032d93F642f64180aa3).set(1);',
  });
  number += 1;
  await client.projects.add({ path: made.folder, name: `p${number}` });
  return made;
}

/** As it is whenever no run of a test is live. */
const start = () => client.chains.revert({ chain: 'local', snapshot: 'start' });

const place = (of: Fixture) => path.join(of.folder, 'broadcast/Deploy.s.sol/31337');

/** What the files of the script say: their names and what is in them. */
function state(of: Fixture): Record<string, string> {
  if (!existsSync(place(of))) return {};
  const names = readdirSync(place(of)).filter(
    (name) => name.endsWith('.json') || name.endsWith('.part'),
  );
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(path.join(place(of), name), 'utf8')]),
  );
}

async function deploy(of = `p1`, script = 'script/Deploy.s.sol') {
  const { id } = await client.deployments.start({
    project: of,
    target: 'local',
    input: { script },
  });
  for await (const _ of await client.deployments.watch({ id }));
  return client.deployments.get({ id });
}

/** Deploys, and remembers where the chain is then and what the files say. */
async function step(name: string) {
  const run = await deploy();
  expect(run.failure).toBeNull();
  await client.chains.snapshot({ chain: 'local', name });
  return { name, run, files: state(project) };
}

test('files of what a revert takes back are set aside, and put back on the way forward', async () => {
  await start();
  const empty = state(project);
  const a = await step('files a');
  const b = await step('files b');
  expect(Object.keys(a.files)).toHaveLength(2);
  expect(Object.keys(b.files)).toHaveLength(3);

  const back = await client.chains.revert({ chain: 'local', snapshot: a.name });
  expect(state(project)).toEqual(a.files);
  expect(back.files).toMatchObject({ aside: [expect.any(String)], kept: [] });
  await client.chains.revert({ chain: 'local', snapshot: b.name });
  expect(state(project)).toEqual(b.files);
  await start();
  expect(state(project)).toEqual(empty);
  await client.chains.revert({ chain: 'local', snapshot: b.name });
  expect(state(project)).toEqual(b.files);
});

test('after any reverts in any order the files are as they were at that place of the chain', async () => {
  const random = fc.sample(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
    seed,
    numRuns: 2 * rounds(12, 300),
  });
  const below = (most: number) => Math.floor((random.pop() ?? 0) * most);
  await start();
  const places = [{ name: 'start', files: state(project) }];
  for (let round = 0; random.length > 1; round++) {
    if (below(3) === 0 || places.length === 1) places.push(await step(`model ${round}`));
    else {
      const to = places[below(places.length)] as (typeof places)[number];
      await client.chains.revert({ chain: 'local', snapshot: to.name });
      expect([round, to.name, state(project)]).toEqual([round, to.name, to.files]);
    }
  }
}, 3_600_000);

test('what was changed by hand, or git tracks, stays and is named', async () => {
  await start();
  const { files } = await step('by hand');
  const latest = path.join(place(project), 'run-latest.json');
  writeFileSync(latest, `${files['run-latest.json']}\n`);
  const back = await start();
  expect(back.files.kept).toEqual([{ file: latest, why: 'it was changed since its run' }]);
  expect(existsSync(latest)).toBe(true);
  expect(Object.keys(state(project))).toEqual(['run-latest.json']);
  rmSync(latest);

  const tracked = await step('tracked');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: project.folder });
  git('init', '--quiet');
  git('add', '--force', 'broadcast');
  const kept = (await start()).files.kept;
  expect(kept.map(({ why }) => why)).toEqual(['git tracks it', 'git tracks it']);
  expect(state(project)).toEqual(tracked.files);
  rmSync(path.join(project.folder, '.git'), { recursive: true });
  rmSync(place(project), { recursive: true });
});

test('what stood there before the first run is put back, and never replaced by it again where a live network writes', async () => {
  await start();
  mkdirSync(place(project), { recursive: true });
  const latest = path.join(place(project), 'run-latest.json');
  writeFileSync(latest, '{"of":"another"}');
  await client.networks.save({
    name: 'live',
    kind: 'remote',
    url: 'http://127.0.0.1:9',
    chainId: 31337,
  });
  await deploy();
  await client.chains.snapshot({ chain: 'local', name: 'over another' });
  await start();
  expect(state(project)).toEqual({ 'run-latest.json': '{"of":"another"}' });
  const forward = await client.chains.revert({ chain: 'local', snapshot: 'over another' });
  expect(readFileSync(latest, 'utf8')).toBe('{"of":"another"}');
  expect(forward.files.kept).toMatchObject([{ file: latest, why: /not ours/ }]);
  await client.networks.remove({ name: 'live' });
  rmSync(place(project), { recursive: true });
  await start();
});

describe('a core that was ended in the middle', () => {
  test('leaves to the next what was not done yet, of the files and of what is noted', async () => {
    await start();
    const before = state(project);
    const { files } = await step('of a dead core');
    // As after the records of a revert, and before any file.
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(path.join(core.home, 'drydock.db'));
    const [run] = db.prepare('SELECT max(id) AS id FROM deployments').all() as { id: number }[];
    const live = (value: number) =>
      db.prepare('UPDATE deployments SET live = ? WHERE id = ?').run(value, run?.id);
    live(0);
    // Its own part of a file, half written.
    await client.doctor.reconcile();
    expect(state(project)).toEqual(before);
    live(1);
    await client.doctor.reconcile();
    expect(state(project)).toEqual(files);
    // As after a kill between the tool's end and the record.
    db.prepare('UPDATE result_files SET after_hash = NULL WHERE deployment_id = ?').run(run?.id);
    db.prepare('DELETE FROM result_files WHERE deployment_id = ? AND shared = 0').run(run?.id);
    await client.doctor.reconcile();
    live(0);
    await client.doctor.reconcile();
    expect(state(project)).toEqual(before);
    live(1);
    db.close();
    await start();
  });

  test('of a revert leaves to the next what the chain has become', async () => {
    const { id: target } = (await start()).snapshot;
    const before = state(project);
    const { run, files } = await step('beyond a dead core');
    const isLive = async () => (await client.deployments.get({ id: run.id })).live;
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(path.join(core.home, 'drydock.db'));
    const begin = (to: number) =>
      db.prepare("UPDATE chains SET reverting_to = ? WHERE name = 'local'").run(to);
    // As after a kill just before the chain was reverted.
    begin(target);
    await client.doctor.reconcile();
    expect(await isLive()).toBe(true);
    // And just after it.
    begin(target);
    const { evmId } = db
      .prepare('SELECT evm_id AS evmId FROM snapshots WHERE id = ?')
      .get(target) as { evmId: string };
    db.prepare('UPDATE snapshots SET evm_id = NULL WHERE id >= ?').run(target);
    const { rpcUrl } = await client.chains.get({ chain: 'local' });
    expect(await rpc(rpcUrl as string)('evm_revert', [evmId])).toBe(true);
    await client.doctor.reconcile();
    expect(await isLive()).toBe(false);
    expect(state(project)).toEqual(before);
    const current = (await client.chains.snapshots({ chain: 'local' })).find((s) => s.current);
    expect(current?.id).toBe(target);
    // The way forward starts the chain anew.
    const there = await client.chains.revert({ chain: 'local', snapshot: 'beyond a dead core' });
    db.prepare('UPDATE deployments SET live = 0 WHERE id = ?').run(run.id);
    begin(there.snapshot.id);
    await client.doctor.reconcile();
    expect(await isLive()).toBe(true);
    expect(state(project)).toEqual(files);
    db.close();
    await start();
  });
});

test('of a removed project, its own files come back, and other projects on the chain are none of their business', async () => {
  await start();
  await using other = await addProject();
  const name = `p${number}`;
  await deploy(name);
  const theirs = state(other);
  const { files } = await step('two projects');
  await start();
  expect(state(other)).toEqual({});
  await client.projects.remove({ project: name });
  await client.doctor.reconcile();
  expect(Object.keys(state(other))).toEqual(
    Object.keys(theirs).filter((one) => one !== 'run-latest.json'),
  );
  await client.chains.revert({ chain: 'local', snapshot: 'two projects' });
  expect(state(project)).toEqual(files);
});

test('what can not be changed is named, and changed once it can', async () => {
  await start();
  const before = state(project);
  await step('out of reach');
  // A link out of the project is not followed, whatever it leads to.
  const away = `${project.folder}-away`;
  renameSync(place(project), away);
  symlinkSync(away, place(project));
  const { files } = await start();
  expect(files.kept.map(({ why }) => why).join()).toContain('leads out of');
  rmSync(place(project));
  renameSync(away, place(project));
  await client.doctor.reconcile();
  expect(state(project)).toEqual(before);
});

test('a chain that is started from nothing takes the files of its runs along', async () => {
  await start();
  const before = state(project);
  await step('to be dropped');
  await client.chains.restart({ chain: 'local', fresh: true });
  expect(state(project)).toEqual(before);
  await start();
});

test('a call to what was taken back says which run that was', async () => {
  await start();
  const { run } = await step('to be called');
  const address = made(run).contracts[0]?.address as string;
  const script = path.join(project.folder, 'script/Call.s.sol');
  writeFileSync(script, readFileSync(script, 'utf8').replace(/0x[0-9a-fA-F]{40}/, address));
  await start();
  const called = await deploy('p1', 'script/Call.s.sol');
  expect(`${called.failure?.message} ${called.warnings}`).toContain(
    `p1 #${run.number} had deployed it`,
  );
});
