import { readFile } from 'node:fs/promises';
import { createRouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import { openTestApp } from '#test/harness/app.ts';

const ORIGIN = 'https://evil.example';

test.runIf(process.platform === 'linux')(
  'a page that finds the chain around the gateway can read nothing of it',
  async () => {
    await using core = await openTestApp();
    const client = createRouterClient(core.app.router, { context: core.app.context });
    const { pid } = await client.chains.start({ chain: 'local', engine: 'process' });
    const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
    const [host, port] = ['--host', '--port'].map((flag) => args[args.indexOf(flag) + 1]);
    expect(host).not.toBe('127.0.0.1');
    const node = `http://${host}:${port}`;
    const post = (headers: Record<string, string>) =>
      fetch(node, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }),
      });
    expect((await post({})).status).toBe(200);
    const asked = await fetch(node, {
      method: 'OPTIONS',
      headers: {
        ...{ origin: ORIGIN, 'access-control-request-method': 'POST' },
        'access-control-request-headers': 'content-type',
      },
    });
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    const sent = await post({ origin: ORIGIN });
    expect(sent.headers.get('access-control-allow-origin')).toBeNull();
  },
);
