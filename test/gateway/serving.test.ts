import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServedNode } from '#test/harness/gateway.ts';

let served: ServedNode;

beforeAll(async () => {
  served = await ServedNode.start();
});
afterAll(() => served[Symbol.asyncDispose]());

test('a chain answers at its public port as the node behind it does', async () => {
  expect(await served.call('eth_chainId')).toBe('0x7a69');
  expect(await served.call('web3_clientVersion')).toBe(
    await served.node.call('web3_clientVersion'),
  );
  const { chains, pid } = await served.gateway.client.status();
  expect(pid).toBe(served.gateway.pid);
  expect(chains).toMatchObject([
    { chain: 'local', port: served.port, listening: true, problem: null, inFlight: 0 },
  ]);
});

test('the same settings again change nothing, and others apply at once', async () => {
  await served.put();
  expect(await served.call('eth_chainId')).toBe('0x7a69');
});

test('a port that is taken is an error that says by whom', async () => {
  await expect(
    served.gateway.client.putChain('other', {
      ...{ port: served.port, backend: served.node.url, chainId: 31337 },
    }),
  ).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringMatching(/^Port \d+ is taken by process/),
  });
  await served.gateway.client.removeChain('other');
});
