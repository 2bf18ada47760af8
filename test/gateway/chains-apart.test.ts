import { once } from 'node:events';
import http from 'node:http';
import { expect, test } from 'vitest';
import { ServedNode, TestNode } from '#test/harness/gateway.ts';
import { ask, callText } from '#test/harness/http-ask.ts';
import { freePort } from '#test/harness/ports.ts';

const ALLOWED = 'https://app.example.org';

test('while one chain reads what takes it long, the calls of another one are answered', async () => {
  await using served = await ServedNode.start();
  await using other = await TestNode.start('--chain-id', '77');
  await served.put({ policy: { origins: { [ALLOWED]: 'allow' } } });
  const port = await freePort();
  const settings = { port, backend: other.url, chainId: 77 };
  await served.gateway.client.putChain('other', settings);
  const body = callText('eth_chainId');
  // What pages send is read as a whole; numbers are calls of no kind, so no node has a part in it.
  const long = Buffer.from(`[${'[1],'.repeat(2_000_000)}1]`);
  const slow = http.request({
    ...{ host: '127.0.0.1', port: served.port, method: 'POST', agent: false },
    headers: { origin: ALLOWED, 'content-type': 'application/json', 'content-length': long.length },
  });
  const refused = once(slow, 'response') as Promise<[http.IncomingMessage]>;
  let isRefused = false;
  void refused.then(() => {
    isRefused = true;
  });
  await new Promise<void>((resolve) => slow.end(long, () => resolve()));
  let answered = 0;
  while (!isRefused) {
    expect(JSON.parse((await ask(port, { body })).text).result).toBe('0x4d');
    answered++;
  }
  expect((await refused)[0].statusCode).toBe(400);
  slow.destroy();
  // In one event loop, a few come before the last bytes, and none after.
  expect(answered).toBeGreaterThan(20);
});
