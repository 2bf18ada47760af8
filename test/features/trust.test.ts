import { existsSync } from 'node:fs';
import { mkdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { migrate } from '#main/db/migrate.ts';
import { migrations } from '#main/db/migrations.ts';
import { openDb } from '#main/db/open.ts';
import type { StartInput } from '#main/features/deployments/contract.ts';
import { deploymentsStore } from '#main/features/deployments/store.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { seedProject, seedRun } from '#test/harness/history.ts';
import { newDeployment } from '#test/harness/queued-deployment.ts';

let core: TestApp;
let client: Client;
let code: string;

beforeEach(async () => {
  core = untilEnd(await openTestApp({ asksForTrust: true }));
  client = (await openDoor('in-process', core.app)).client;
  code = await realpath(untilEnd(await temporaryFolder()).path);
});

/** Disposed of at the end of the test. */
function untilEnd<T extends AsyncDisposable>(one: T): T {
  onTestFinished(() => one[Symbol.asyncDispose]());
  return one;
}

/** A folder below `code` that is a project, without anything in it that could be deployed. */
async function folder(name: string, toml = '') {
  const made = path.join(code, name);
  await mkdir(made, { recursive: true });
  await writeFile(path.join(made, 'foundry.toml'), toml);
  return made;
}

const add = async (name: string, toml?: string) =>
  (await client.projects.add({ path: await folder(name, toml) })).id;
const trustedBy = async (project: number) => (await client.projects.get({ project })).trustedBy;
const repository = (name: string) => mkdir(path.join(code, name, '.git'), { recursive: true });

/** Its code where a deploy was asked for; these projects have nothing that trust would let run. */
async function refusal(project: number, more: Partial<StartInput> = {}) {
  const asked = client.deployments.start({ project, target: 'local', ...more });
  return asked.then(
    () => undefined,
    (error) => error,
  );
}

test('the first deploy of a folder asks for trust in the words of what will run, and once', async () => {
  const project = await add('vault', 'profile.default.ffi = true');
  expect(await trustedBy(project)).toBeNull();
  const asked = await refusal(project);
  expect(asked).toMatchObject({
    code: 'NOT_TRUSTED',
    status: 403,
    data: { fix: { command: 'drydock project trust vault' } },
  });
  expect(asked.message).toMatch(/forge .*runs its deploy scripts.*any program.*ffi = true.*as you/);
  expect(asked.message).toContain(path.join(code, 'vault'));
  expect((await client.deployments.list({})).total).toBe(0);

  expect(await refusal(project, { trust: true })).toMatchObject({ code: 'SCRIPT_NOT_FOUND' });
  expect(await trustedBy(project)).toBe(path.join(code, 'vault'));
  expect(await refusal(project)).toMatchObject({ code: 'SCRIPT_NOT_FOUND' });

  await client.projects.untrust({ project });
  expect(await refusal(project)).toMatchObject({ code: 'NOT_TRUSTED' });
});

test('every other way to run code of a folder asks as well', async () => {
  const project = await add('vault');
  await writeFile(path.join(code, 'vault', 'Dockerfile'), 'FROM scratch\nRUN evil');
  await client.projects.setDockerfile({ project, dockerfile: 'Dockerfile' });
  const db = openDb(core.home);
  const id = seedRun(db, project, { status: 'failed' });
  db.close();
  const build = async () => {
    for await (const _ of await client.images.build({ project })) {
      // It never gets so far.
    }
  };
  const ways = {
    retry: () => client.deployments.retry({ id }),
    redeploy: () => client.deployments.redeploy({ id, asItIsNow: true }),
    terminal: () => client.terminals.open({ project }),
    image: build,
  };
  for (const [name, way] of Object.entries(ways)) {
    await expect(way(), name).rejects.toMatchObject({ code: 'NOT_TRUSTED' });
  }
  const retried = client.deployments.retry({ id, changes: { trust: true } });
  await expect(retried).rejects.toMatchObject({ code: 'SCRIPT_NOT_FOUND' });
});

test('trust is for the whole repository, whatever is made inside of it later', async () => {
  await repository('repo');
  const [a, b] = [await add('repo/packages/a'), await add('repo/packages/b')];
  const beside = await add('beside');
  await client.projects.trust({ project: a });
  const root = path.join(code, 'repo');
  expect(await trustedBy(b)).toBe(root);
  expect(await trustedBy(beside)).toBeNull();
  await repository('repo/packages/b');
  expect(await trustedBy(b)).toBe(root);
  // What its runs see is more now than was trusted.
  await repository('.');
  const outside = await add('repo-of-all');
  expect(await trustedBy(a)).toBe(root);
  expect(await trustedBy(outside)).toBeNull();
  await rm(path.join(root, '.git'), { recursive: true });
  expect(await trustedBy(a)).toBeNull();
});

test('trust ends with the last project of its folder', async () => {
  await repository('repo');
  const [a, b] = [await add('repo/a'), await add('repo/b')];
  await client.projects.trust({ project: a });
  await client.projects.remove({ project: a });
  expect(await trustedBy(b)).toBe(path.join(code, 'repo'));
  await client.projects.remove({ project: b });
  expect(await client.projects.trusted()).toEqual([]);
  expect(await trustedBy(await add('repo/b'))).toBeNull();
});

test('another folder or a link at the place of a trusted one is not trusted', async () => {
  const project = await add('vault');
  await client.projects.trust({ project });
  const place = path.join(code, 'vault');
  const aside = path.join(code, 'aside');
  await rename(place, aside);
  expect(await trustedBy(project)).toBeNull();
  await folder('vault');
  expect(await trustedBy(project)).toBeNull();
  await rm(place, { recursive: true });
  await symlink(await folder('evil'), place);
  expect(await trustedBy(project)).toBeNull();
  await rm(place);
  await rename(aside, place);
  expect(await trustedBy(project)).toBe(place);
});

test('a folder in a trusted repository that becomes a link out of it is not trusted', async () => {
  await repository('repo');
  const project = await add('repo/a');
  await client.projects.trust({ project });
  await rm(path.join(code, 'repo/a'), { recursive: true });
  await symlink(await folder('evil'), path.join(code, 'repo/a'));
  expect(await trustedBy(project)).toBeNull();
  expect(await refusal(project)).toMatchObject({ code: 'NOT_TRUSTED' });
});

test('a parent folder is trusted for all that lies in it, until it is no more', async () => {
  const first = await add('mine/vault');
  const parent = path.join(code, 'mine');
  await client.projects.trustParent({ path: parent });
  const later = await add('mine/deep/later');
  expect([await trustedBy(first), await trustedBy(later)]).toEqual([parent, parent]);
  expect(await client.projects.trusted()).toMatchObject([
    { path: parent, kind: 'parent', projects: ['later', 'vault'] },
  ]);
  await expect(client.projects.untrust({ project: first })).rejects.toMatchObject({
    code: 'TRUSTED_WITH_OTHERS',
    message: expect.stringContaining(parent),
  });
  await client.projects.remove({ project: later });
  await client.projects.remove({ project: first });
  expect(await client.projects.trusted()).toHaveLength(1);
  await rm(parent, { recursive: true });
  expect(await client.projects.untrustParent({ path: parent })).toEqual([]);
  await expect(client.projects.untrustParent({ path: parent })).rejects.toMatchObject({
    code: 'FOLDER_NOT_FOUND',
  });
});

test('neither the disk nor the home folder is trusted as a whole', async () => {
  const home = await realpath(os.homedir());
  for (const wide of [path.parse(home).root, home, path.dirname(home)]) {
    await expect(client.projects.trustParent({ path: wide })).rejects.toMatchObject({
      code: 'TRUST_TOO_WIDE',
      message: expect.stringContaining(wide),
    });
  }
  await writeFile(path.join(home, 'foundry.toml'), '');
  onTestFinished(() => rm(path.join(home, 'foundry.toml')));
  const { id: project } = await client.projects.add({ path: home });
  expect(await refusal(project, { trust: true })).toMatchObject({ code: 'TRUST_TOO_WIDE' });
});

test('what waits in the queue is not run once trust is withdrawn', async () => {
  const fixture = untilEnd(await copyFixture('token-vault'));
  const home = untilEnd(await temporaryFolder()).path;
  const db = openDb(home);
  const gone = { pid: 2 ** 22 + 1, startedAt: 'before' };
  const projectId = seedProject(db, 'vault', fixture.folder);
  const id = deploymentsStore(db).insert(newDeployment(projectId, { owner: gone, phases: [] }));
  db.close();
  const next = untilEnd(await openTestApp({ home, follow: true, asksForTrust: true }));
  const { client: again } = await openDoor('in-process', next.app);
  for await (const _ of await again.deployments.watch({ id })) {
    // Only its end matters.
  }
  const run = await again.deployments.get({ id });
  expect(run).toMatchObject({
    status: 'failed',
    command: null,
    failure: { code: 'NOT_TRUSTED', fix: { call: { procedure: 'projects.trust' } } },
  });
  expect(existsSync(path.join(fixture.folder, 'out'))).toBe(false);
});

test('folders that an earlier version deployed from are trusted, as whole repositories', async () => {
  const home = untilEnd(await temporaryFolder()).path;
  const before = migrations.findIndex((sql) => sql.includes('CREATE TABLE trusted_folders'));
  await repository('repo');
  const db = new Database(path.join(home, 'drydock.db'));
  migrate(db, migrations.slice(0, before));
  const used = seedProject(db, 'used', await folder('repo/used'));
  const beside = seedProject(db, 'beside', await folder('repo/beside'));
  const added = seedProject(db, 'added', await folder('added'));
  const missing = seedProject(db, 'missing', path.join(code, 'missing'));
  const run = db.prepare(
    `INSERT INTO deployments (number, project_id, network, status, script, signature, args,
       created_at, started_at, phases) VALUES (1, ?, 'local', 'succeeded', 's', 'run()', '[]', 1, 1, '[]')`,
  );
  for (const project of [used, missing]) run.run(project);
  db.close();
  const known = async (project: number) => {
    await using next = await openTestApp({ home, asksForTrust: true });
    const { client: again } = await openDoor('in-process', next.app);
    return (await again.projects.get({ project })).trustedBy;
  };
  const root = path.join(code, 'repo');
  expect([await known(used), await known(beside)]).toEqual([root, root]);
  expect([await known(added), await known(missing)]).toEqual([null, null]);
  // As on a disk that is connected later.
  expect(await known(missing)).toBe(null);
  await folder('missing');
  expect(await known(missing)).toBe(path.join(code, 'missing'));
});
