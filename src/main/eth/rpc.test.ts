import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { rpc } from './rpc.ts';

/** Returns in the encoding that the path names, whatever was asked for; `bomb` is 100 MB of zeros. */
const written: Record<string, [encoding: string, write: (text: Buffer) => Buffer]> = {
  plain: ['identity', (text) => text],
  gzip: ['gzip', (text) => gzipSync(text)],
  br: ['br', (text) => brotliCompressSync(text)],
  deflate: ['deflate', (text) => deflateSync(text)],
  raw: ['deflate', (text) => deflateRawSync(text)],
  twice: ['br, gzip', (text) => gzipSync(brotliCompressSync(text))],
  zstd: ['zstd', (text) => zstdCompressSync(text)],
  broken: ['gzip', (text) => gzipSync(text).subarray(0, 20)],
  bomb: ['gzip', () => gzipSync(Buffer.alloc(100 * 1024 * 1024))],
  often: ['gzip, gzip, gzip, gzip, gzip, gzip', gzipSync],
  inherited: ['constructor', (text) => text],
  nothing: ['identity', () => Buffer.from('null')],
  number: ['identity', () => Buffer.from('[1]')],
  object: ['identity', () => Buffer.from('{"id":1,"error":{"message":{"why":"no"}}}')],
  long: ['identity', () => Buffer.alloc(100 * 1024 * 1024, ' ')],
};

let server: Server;
let base: string;
const accepted: (string | undefined)[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    accepted.push(request.headers['accept-encoding']?.toString());
    request.resume().on('end', () => {
      const [encoding, write] = written[request.url?.slice(1) ?? ''] ?? ['', (text) => text];
      const answer = JSON.stringify({ jsonrpc: '2.0', id: 1, result: '0x7a69' });
      response.setHeader('content-encoding', encoding);
      response.end(write(Buffer.from(answer)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.each(['plain', 'gzip', 'br', 'deflate', 'raw', 'twice'])(
  'an answer that comes as %s is read',
  async (how) => {
    await expect(rpc(`${base}/${how}`)('eth_chainId')).resolves.toBe('0x7a69');
    expect(accepted.at(-1)).toBe('gzip, deflate, br');
  },
);

test.each([
  ['zstd', 'its answer is encoded as zstd'],
  ['broken', 'its answer is no valid gzip'],
  ['bomb', 'its answer is larger than 32 MB'],
  ['long', 'its answer is larger than 32 MB'],
  ['often', 'its answer is encoded 6 times over'],
  ['inherited', 'its answer is encoded as constructor'],
  ['nothing', 'its answer is not one of an Ethereum node'],
  ['number', 'its answer is not one of an Ethereum node'],
])('an answer that comes as %s is refused in plain words', async (how, message) => {
  const refused = rpc(`${base}/${how}`)('eth_chainId');
  await expect(refused).rejects.toMatchObject({ message, unreachable: true });
});

test('a refusal whose reason is no text is shown as it is', async () => {
  const refused = rpc(`${base}/object`)('eth_chainId');
  await expect(refused).rejects.toMatchObject({ message: '{"why":"no"}', unreachable: false });
});

test('a connection that is closed instead of an answer costs no call that only reads', async () => {
  const asked: string[] = [];
  const node = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text) => {
      body += text;
    });
    request.on('end', () => {
      const { id, method } = JSON.parse(body);
      asked.push(method);
      // As of a connection that was kept open to a node that is gone.
      if (asked.length === 1 || method !== 'eth_chainId') return request.socket.destroy();
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result: '0x1' }));
    });
  });
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    node.closeAllConnections();
    node.close();
  });
  const call = rpc(`http://127.0.0.1:${(node.address() as AddressInfo).port}`);
  await expect(call('eth_chainId')).resolves.toBe('0x1');
  const noConnection = { message: 'no connection', unreachable: true };
  const others = ['eth_sendRawTransaction', 'anvil_mine', 'eth_blockNumber', 'anvil_metadata'];
  for (const method of others) {
    await expect(call(method)).rejects.toMatchObject(noConnection);
  }
  expect(asked).toEqual([
    ...['eth_chainId', 'eth_chainId'],
    ...['eth_sendRawTransaction', 'anvil_mine'],
    ...['eth_blockNumber', 'eth_blockNumber'],
    ...['anvil_metadata', 'anvil_metadata'],
  ]);
});
