import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askEtherscan } from './submit-to-etherscan.ts';
import { askSourcify } from './submit-to-sourcify.ts';

const KEY = 'SECRETKEY0123456789ABCDEF';
const SAID = `Fail\u001b[2J\n\u202eno, ${KEY}: ${'x'.repeat(1_000_000)}`;

const server = createServer((request, response) => {
  if (request.url?.startsWith('/v2/verify/moved')) {
    return response.writeHead(302, { location: `/v2/verify/there` }).end();
  }
  const isSourcify = request.url?.startsWith('/v2/verify/');
  const error = { customCode: 'no_match', message: SAID };
  response.end(
    JSON.stringify(
      isSourcify ? { isJobCompleted: true, error } : { status: '0', result: SAID.slice(0, 9000) },
    ),
  );
});
let base: string;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const service = () => ({
  base,
  key: KEY,
  mask: (text: string) => text.replaceAll(KEY, '****'),
  otherwise: 'Ask again.',
});

test.each([
  ['Etherscan', () => askEtherscan(service(), { chainId: 1, job: 'job' })],
  ['Sourcify', () => askSourcify(service(), 'job')],
])('what %s says of a refusal is kept as one line, without the key', async (_, ask) => {
  const verdict = await ask();
  expect(verdict).toMatchObject({
    state: 'refused',
    reason: expect.stringMatching(/^Fail \[2J no, \*{4}: x+$/),
  });
  expect(JSON.stringify(verdict).length).toBeLessThan(2100);
});

test('a redirect is not followed', async () => {
  await expect(askSourcify(service(), 'moved')).rejects.toMatchObject({
    code: 'SOURCE_UNREACHABLE',
    message: expect.stringContaining('redirect'),
  });
});
