import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { isLate } from '#main/gateway/control/client.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { TestGateway } from '#test/harness/gateway.ts';
import { ask, callText } from '#test/harness/http-ask.ts';

const PATH = 'a'.repeat(43);
const SECRET = 'k3y-0f-a-pr0vider-7Qe93xPbV2';
const BY_HEADER = { 'x-api-key': SECRET };
const body = callText('eth_chainId');
const answered = JSON.stringify({ jsonrpc: '2.0', id: 1, result: '0x1' });

type Serve = (request: http.IncomingMessage, response: http.ServerResponse) => void;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.start();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  await gateway.client.removeUpstream('forked');
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function listening(server: http.Server | https.Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  cleanups.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** What is behind the gateway. Returns its own address. */
const upstream = async (serve: Serve) =>
  `http://127.0.0.1:${await listening(http.createServer(serve))}`;

async function put(url: string, headers: Record<string, string> = BY_HEADER, port = 0) {
  const listen = { host: '127.0.0.1', port };
  const told = await gateway.client.putUpstream('forked', { listen, path: PATH, url, headers });
  return told.port as number;
}

const asAnvil = (port: number, more: Parameters<typeof ask>[1] = {}) =>
  ask(port, { path: `/${PATH}`, body, ...more });
const errorOf = (text: string) => (JSON.parse(text) as { error: { message: string } }).error;
const problem = async () => (await gateway.client.status()).upstreams[0]?.problem;

test('one that was put again since it was seen is neither removed nor replaced, nor the gateway ended', async () => {
  const url = await upstream((_, response) => response.end(answered));
  const first = await put(url);
  const revision = async () => (await gateway.client.status()).upstreams[0]?.revision;
  const seen = await revision();
  await gateway.client.removeUpstream('forked');
  expect(await put(url, BY_HEADER, first)).toBe(first);
  await gateway.client.removeUpstream('forked', seen);
  const other = { listen: { host: '127.0.0.1', port: 0 }, path: 'b'.repeat(43), url, headers: {} };
  for (const late of [seen, 0]) {
    await expect(gateway.client.putUpstream('forked', other, late)).rejects.toSatisfy(isLate);
  }
  expect((await asAnvil(first)).status).toBe(200);
  expect(await gateway.client.stop(true)).toBe(false);
  expect((await asAnvil(first)).status).toBe(200);
  await gateway.client.removeUpstream('forked', await revision());
  expect((await gateway.client.status()).upstreams).toEqual([]);
});

describe('what a fork asks of its upstream', () => {
  test('arrives with the headers, and its answer comes back, compressed or not', async () => {
    const seen: http.IncomingHttpHeaders[] = [];
    const url = await upstream((request, response) => {
      seen.push(request.headers);
      const isFirst = seen.length === 1;
      response.writeHead(200, isFirst ? {} : { 'content-encoding': 'gzip' });
      response.end(isFirst ? answered : gzipSync(answered));
    });
    const port = await put(url.replace('http://', 'http://user:word@'));
    for (let i = 0; i < 2; i++) {
      expect(await asAnvil(port)).toMatchObject({ status: 200, text: answered });
    }
    const authorization = `Basic ${Buffer.from('user:word').toString('base64')}`;
    expect(seen).toMatchObject([
      { ...BY_HEADER, authorization, 'content-type': 'application/json' },
      { ...BY_HEADER, authorization },
    ]);
    expect(await problem()).toBeNull();
  });

  test.each<[string, Parameters<typeof ask>[1]]>([
    ['another path', { path: '/' }],
    ['a path beside it', { path: `/${PATH}/` }],
    ['another method', { method: 'GET', body: undefined }],
    ['a page', { headers: { origin: 'http://localhost:3000' } }],
    ['a page without an address', { headers: { origin: 'null' } }],
  ])('is passed on for nobody else: %s', async (_, how) => {
    let asked = 0;
    const url = await upstream((_request, response) => {
      asked++;
      response.end(answered);
    });
    const port = await put(url);
    expect(await asAnvil(port, how)).toMatchObject({ status: 404, text: '' });
    expect(asked).toBe(0);
  });

  test.each([429, 503])('gets %i as it is, which anvil tries again', async (status) => {
    const url = await upstream((_request, response) => response.writeHead(status).end('later'));
    const said = await asAnvil(await put(url));
    expect(said.status).toBe(status);
    expect(errorOf(said.text).message).toMatch(
      new RegExp(`What forked forks from does not answer: HTTP ${status}`),
    );
  });

  test('is told to no other server, when the upstream names one', async () => {
    let asked = 0;
    const other = await upstream((_request, response) => {
      asked++;
      response.end(answered);
    });
    const url = await upstream((_request, response) =>
      response.writeHead(307, { location: other }).end(),
    );
    const said = await asAnvil(await put(url));
    expect(errorOf(said.text).message).toContain('HTTP 307, it is at another address now');
    expect(asked).toBe(0);
  });

  test.each([
    ['in a refusal', 403, { error: { message: `${SECRET} is unknown` } }],
    ['in a text', 401, `${SECRET} is unknown`],
    ['in a response of a node', 200, { id: 1, error: { message: `${SECRET} is unknown` } }],
  ])('tells no secret that the upstream repeats: %s', async (_, status, said) => {
    const text = typeof said === 'string' ? said : JSON.stringify(said);
    const url = await upstream((_request, response) => response.writeHead(status).end(text));
    const { text: told } = await asAnvil(await put(`${url}/v2/${SECRET}`));
    expect(JSON.parse(told)).toHaveProperty('error');
    expect(told).not.toContain(SECRET);
    expect(JSON.stringify(await gateway.client.status())).not.toContain(SECRET);
  });

  test('ends with a reason when nothing is there, or what it says is cut short', async () => {
    const cut = await upstream((_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write(answered);
      setImmediate(() => response.destroy());
    });
    expect(errorOf((await asAnvil(await put(cut))).text).message).toContain(
      'it ended the connection',
    );
    expect(await problem()).toContain('it ended the connection');
    await cleanups.pop()?.();
    await vi.waitFor(async () =>
      expect(errorOf((await asAnvil(await put(cut))).text).message).toContain(
        'nothing listens there',
      ),
    );
  });

  test('is refused where a certificate is not valid, before a header is sent', async () => {
    await using folder = await temporaryFolder();
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder.path, name)) as [
      string,
      string,
    ];
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    const for1 = ['-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=127.0.0.1'];
    execFileSync('openssl', [...made, ...for1], { stdio: 'ignore' });
    let asked = 0;
    const server = https.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, () => {
      asked++;
    });
    const said = await asAnvil(await put(`https://127.0.0.1:${await listening(server)}`));
    expect(errorOf(said.text).message).toMatch(
      /its TLS certificate or handshake is not valid \(\w+\). Check its address.*NODE_EXTRA_CA_CERTS/,
    );
    expect(asked).toBe(0);
  });

  test('goes on at its port with other headers, and by the next gateway', async () => {
    let last: unknown;
    const url = await upstream((request, response) => {
      last = request.headers['x-api-key'];
      response.end(answered);
    });
    const port = await put(url);
    expect(await put(url, { 'x-api-key': 'another' })).toBe(port);
    await asAnvil(port);
    expect(last).toBe('another');
    await gateway.restart();
    await expect(asAnvil(port)).rejects.toThrow();
    expect(await put(url, BY_HEADER, port)).toBe(port);
    await asAnvil(port);
    expect(last).toBe(SECRET);
  });

  test('says that its port is taken, and keeps the gateway going', async () => {
    const url = await upstream((_request, response) => response.end(answered));
    const taken = Number(new URL(url).port);
    await expect(put(url, BY_HEADER, taken)).rejects.toMatchObject({ code: 'PORT_TAKEN' });
    expect(await problem()).toMatch(/another program listens there. Restart forked/);
    expect(await put(url)).toBeGreaterThan(0);
    expect(await problem()).toBeNull();
  });
});
