import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRouterClient } from '@orpc/server';
import { expect, onTestFinished, test } from 'vitest';
import { simpleContract } from '#main/doors/host/legacy/contract.ts';
import { isLegacy } from '#main/doors/host/legacy/is-legacy.ts';
import { errorStatus } from '#main/shared/errors.ts';
import { allProcedures } from '#test/contract/procedures.ts';
import { copyFixture, type FixtureName } from '#test/harness/fixture.ts';
import { freePort } from '#test/harness/ports.ts';
import { aCore, aHost, ask, bearer } from './with-host.ts';

type Host = Awaited<ReturnType<typeof aHost>>;

const json = { 'content-type': 'application/json' };

async function call(host: Host, method: 'GET' | 'POST', pathname: string, body?: object) {
  const answer = await ask(host, pathname, {
    method,
    headers: { ...bearer(host), ...(body ? json : {}) },
    body: body && JSON.stringify(body),
  });
  return { status: answer.status, body: JSON.parse(answer.text) };
}

/** A host whose chains are gone after the test, with a project of the test's own. */
async function aHostWithProject(name: FixtureName = 'token-vault', compiled = true) {
  const project = await copyFixture(name, { compiled });
  onTestFinished(() => project[Symbol.asyncDispose]());
  const host = await aHost();
  const core = createRouterClient(host.app.router, { context: host.app.context });
  const port = await freePort();
  await core.networks.save({ name: 'local', kind: 'local', port });
  onTestFinished(async () => {
    for (const chain of await core.chains.list()) {
      if (chain.status !== 'stopped') await core.chains.stop({ chain: chain.name });
    }
  });
  return { host, core, folder: project.folder };
}

test('deploy adds the folder, starts the chain, waits, and answers what came out', async () => {
  const { host, core, folder } = await aHostWithProject();
  const { status, body } = await call(host, 'POST', '/deploy', {
    path_url: folder,
    framework: 'foundry',
  });
  expect([status, body.message]).toEqual([200, undefined]);
  expect(body).toMatchObject({
    success: true,
    number: 1,
    status: 'succeeded',
    network: 'local',
    chain_id: 31337,
    project: { name: path.basename(folder) },
  });
  expect(body.contracts.map((c: { name: string }) => c.name)).toEqual([
    'FeeMath',
    'Token',
    'Vault',
  ]);
  expect(body.transactions[0]).toMatchObject({
    status: 'success',
    contract_name: 'FeeMath',
    hash: body.contracts[0].transaction_hash,
  });
  const run = await core.deployments.get({ id: body.deployment_id });
  expect(run).toMatchObject({ trigger: 'api', status: 'succeeded' });

  const again = await call(host, 'POST', '/deploy', {
    path_url: pathToFileURL(folder).href,
    framework: 'foundry',
  });
  expect(again.body).toMatchObject({ number: 2, project: body.project });
}, 60_000);

test('publish deploys a script to a network by its name', async () => {
  const { host, folder } = await aHostWithProject();
  const asked = { path_url: folder, framework: 'foundry' };
  const done = await call(host, 'POST', '/publish', { ...asked, network: 'local' });
  expect(done).toMatchObject({ status: 200, body: { status: 'succeeded', network: 'local' } });
  const nowhere = await call(host, 'POST', '/publish', { ...asked, network: 'nowhere' });
  expect(nowhere).toMatchObject({ status: 404, body: { code: 'NETWORK_NOT_FOUND' } });
  const noScript = await call(host, 'POST', '/publish', {
    ...asked,
    network: 'local',
    script_path: 'script/None.s.sol',
  });
  expect(noScript).toMatchObject({ status: 404, body: { code: 'SCRIPT_NOT_FOUND' } });
}, 60_000);

test('the code of a folder that is not trusted is not run, unless the request says so', async () => {
  await using project = await copyFixture('broken', { compiled: true });
  const host = await aHost({}, await aCore({ asksForTrust: true }));
  const asked = { path_url: project.folder, framework: 'foundry' };
  const other = { ...asked, network: 'local', script_path: 'script/None.s.sol' };
  for (const [pathname, body] of [['/deploy', asked] as const, ['/publish', other] as const]) {
    const refused = await call(host, 'POST', pathname, body);
    expect(refused).toMatchObject({
      status: 403,
      body: {
        code: 'NOT_TRUSTED',
        data: { fix: { command: `drydock project trust ${path.basename(project.folder)}` } },
      },
    });
  }
  const trusted = await call(host, 'POST', '/publish', { ...other, trust: true });
  expect(trusted).toMatchObject({ status: 404, body: { code: 'SCRIPT_NOT_FOUND' } });
  const again = await call(host, 'POST', '/publish', other);
  expect(again).toMatchObject({ status: 404, body: { code: 'SCRIPT_NOT_FOUND' } });
});

test('a run that fails is an error with its reason, and the run to look at', async () => {
  const { host, core, folder } = await aHostWithProject('broken');
  const { status, body } = await call(host, 'POST', '/publish', {
    path_url: folder,
    framework: 'foundry',
    network: 'local',
    script_path: 'script/CompileError.s.sol',
  });
  expect(status).toBe(424);
  expect(body).toMatchObject({
    defined: true,
    code: 'DEPLOYMENT_FAILED',
    data: { status: 'failed', reason: 'COMPILE_ERROR' },
  });
  const run = await core.deployments.get({ id: body.data.deployment_id });
  expect(body.message).toBe(run.failure?.message);
}, 60_000);

test.each([
  ['https://github.com/someone/vault', 'Clone the repository'],
  ['git@github.com:someone/vault.git', 'Clone the repository'],
  ['file://elsewhere/vault', 'no address of a folder on this machine'],
  ['vault', 'must be absolute'],
])('%s is refused: %s', async (path_url, why) => {
  const host = await aHost();
  const { status, body } = await call(host, 'POST', '/deploy', { path_url, framework: 'foundry' });
  expect(status).toBe(errorStatus.BAD_INPUT);
  expect(body).toMatchObject({ code: 'BAD_INPUT', data: { field: 'path_url' } });
  expect(body.message).toContain(why);
});

test('a framework is one of the kinds that go to a chain, and has inputs of its own', async () => {
  const host = await aHost();
  const ask = (framework: string, more = {}) =>
    call(host, 'POST', '/deploy', { path_url: '/tmp', framework, ...more });
  expect(await ask('hardhat')).toMatchObject({ status: 422, body: { code: 'NOT_A_PROJECT' } });
  expect(await ask('foundry', { parameters: { a: 1 } })).toMatchObject({
    status: 422,
    body: { code: 'BAD_INPUT', data: { field: 'parameters' } },
  });
  expect(await ask('foundry', { tags: ['a'] })).toMatchObject({
    status: 422,
    body: { code: 'BAD_INPUT', data: { field: 'tags' } },
  });
  expect(await ask('app')).toMatchObject({ status: 422, body: { data: { field: 'framework' } } });
  expect(await ask('brownie')).toMatchObject({
    status: 422,
    body: { code: 'BAD_INPUT', data: { field: 'framework' } },
  });
  expect(
    await call(host, 'POST', '/deploy', { path_url: '/no/such', framework: 'foundry' }),
  ).toMatchObject({ status: 404, body: { code: 'FOLDER_NOT_FOUND' } });
});

test('networks, all and one', async () => {
  const host = await aHost();
  const all = await call(host, 'GET', '/networks');
  expect(all.body).toContainEqual({ name: 'local', kind: 'local', chain_id: 31337, url: null });
  const one = await call(host, 'GET', '/networks/local');
  expect(all.body).toContainEqual(one.body);
  expect(await call(host, 'GET', '/networks/none')).toMatchObject({
    status: 404,
    body: { code: 'NETWORK_NOT_FOUND' },
  });
});

test('the compile cache says what it keeps, and forgets it', async () => {
  const { host, folder } = await aHostWithProject('token-vault', false);
  const status = async () => (await call(host, 'GET', '/admin/server/foundry-cache/status')).body;
  expect(await status()).toEqual({
    cached_compilations: 0,
    cache_enabled: true,
    cache_ttl_seconds: 3600,
  });
  await call(host, 'POST', '/deploy', { path_url: folder, framework: 'foundry' });
  await expect.poll(status).toMatchObject({ cached_compilations: 1 });
  const cleared = await call(host, 'POST', '/admin/server/foundry-cache/clear');
  expect(cleared).toEqual({
    status: 200,
    body: { success: true, message: 'Deleted compilations: 1.' },
  });
  expect(await status()).toMatchObject({ cached_compilations: 0 });
}, 60_000);

test('what is Docker’s says when there is none, and how many images there are', async () => {
  const before = process.env.DOCKER_HOST;
  process.env.DOCKER_HOST = 'unix:///nobody/listens/here';
  onTestFinished(() => {
    if (before === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = before;
  });
  const host = await aHost();
  expect(await call(host, 'GET', '/admin/server/cache/status')).toEqual({
    status: 200,
    body: { cached_images: 0, cache_enabled: true, cached_image_tags: [] },
  });
  for (const [method, pathname] of [
    ['POST', '/admin/server/cache/clear'],
    ['GET', '/containers/stats'],
    ['POST', '/containers/cleanup'],
  ] as const) {
    expect(await call(host, method, pathname)).toMatchObject({
      status: errorStatus.ENGINE_UNAVAILABLE,
      body: { code: 'ENGINE_UNAVAILABLE' },
    });
  }
});

test('a body that is not JSON is told what to be', async () => {
  const host = await aHost();
  const body = JSON.stringify({ path_url: '/nowhere', framework: 'foundry' });
  const form = { ...bearer(host), 'content-type': 'application/x-www-form-urlencoded' };
  for (const headers of [bearer(host), form]) {
    const answer = await ask(host, '/deploy', { method: 'POST', headers, body });
    expect(answer.status).toBe(415);
    expect(JSON.parse(answer.text).message).toContain('Content-Type: application/json');
  }
});

test('the gate stands before it', async () => {
  const host = await aHost();
  expect((await ask(host, '/networks')).status).toBe(401);
  const foreign = { ...bearer(host), origin: 'https://elsewhere.example' };
  expect((await ask(host, '/networks', { headers: foreign })).status).toBe(403);
  const body = JSON.stringify({ path_url: 'x'.repeat(3 * 1024 * 1024), framework: 'foundry' });
  const headers = { ...bearer(host), ...json };
  expect((await ask(host, '/deploy', { method: 'POST', headers, body })).status).toBe(413);
  expect((await ask(host, '/networks', { method: 'DELETE', headers })).status).toBe(404);
});

test('every route is recognised', () => {
  for (const { procedure } of allProcedures(simpleContract)) {
    const { path = '' } = procedure['~orpc'].route;
    expect(isLegacy(path), path).toBe(true);
  }
});
