import { createRouterClient } from '@orpc/server';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  copyHardhatFixture,
  type HardhatFixtureName,
  whyNoHardhat,
} from '#test/harness/hardhat-fixture.ts';
import { freePort } from '#test/harness/ports.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { aHost, ask, bearer } from './with-host.ts';

const isSkipped = skipAloud('Hardhat through the plain API', await whyNoHardhat());

afterEach(() => vi.unstubAllEnvs());

/** A host whose chain is gone after the test, with a project of the test's own. */
async function posting(name: HardhatFixtureName) {
  const fixture = await copyHardhatFixture(name);
  onTestFinished(() => fixture[Symbol.asyncDispose]());
  vi.stubEnv('HOME', fixture.home);
  vi.stubEnv('DRYDOCK_ENGINE', 'process');
  const host = await aHost();
  const core = createRouterClient(host.app.router, { context: host.app.context });
  const port = await freePort();
  await core.networks.save({ name: 'local', kind: 'local', port });
  onTestFinished(async () => void (await core.chains.stop({ chain: 'local' })));
  const headers = { ...bearer(host), 'content-type': 'application/json' };
  return async (pathname: string, fields: object) => {
    const body = { path_url: fixture.project, framework: 'hardhat', ...fields };
    const text = JSON.stringify(body);
    const answer = await ask(host, pathname, { method: 'POST', headers, body: text });
    return { status: answer.status, body: JSON.parse(answer.text) };
  };
}

describe.skipIf(isSkipped)('a Hardhat project through the plain API', () => {
  test('is deployed with parameters, and its contracts have their labels', async () => {
    const post = await posting('two-ignition');
    const done = await post('/deploy', { parameters: { 'Vaults.percent': 7 } });
    expect([done.status, done.body.message]).toEqual([200, undefined]);
    expect(done.body).toMatchObject({
      ...{ success: true, status: 'succeeded', network: 'local', chain_id: 31337 },
      contracts: [{ name: 'Rates', label: 'Vaults#Rates' }, {}, {}, {}],
    });
    const other = await post('/publish', { network: 'local', tags: ['all'] });
    expect(other).toMatchObject({ status: 422, body: { code: 'BAD_ARGUMENT' } });
    const foundry = await post('/deploy', { framework: 'foundry' });
    expect(foundry.body.code).toBe('NOT_A_PROJECT');
  }, 120_000);

  test('is published by its tags, or by a script', async () => {
    const post = await posting('two-deploy');
    const done = await post('/publish', { network: 'local', tags: ['token'] });
    expect([done.status, done.body.message]).toEqual([200, undefined]);
    expect(done.body.contracts).toMatchObject([{ name: 'Token', label: 'Token' }]);
    const none = await post('/publish', { network: 'local', script_path: 'scripts/none.js' });
    expect(none).toMatchObject({ status: 404, body: { code: 'SCRIPT_NOT_FOUND' } });
  }, 120_000);
});
