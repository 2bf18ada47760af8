import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { aHost, ask, bearer, cookieOf } from './with-host.ts';

const paths = ['/', '/api/info', '/api/openapi.json', '/api/docs'];

test('answers under its own names', async () => {
  const host = await aHost();
  for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST']) {
    const headers = { ...bearer(host), host: `${name}:${host.port}` };
    expect((await ask(host, '/api/info', { headers })).status).toBe(200);
  }
});

test('answers under no other name, with the right token too', async () => {
  const host = await aHost();
  const names = [
    'rebound.example.org',
    `rebound.example.org:${host.port}`,
    '127.0.0.1',
    'localhost',
    `127.0.0.1:${host.port + 1}`,
    `127.0.0.1.example.org:${host.port}`,
    `0.0.0.0:${host.port}`,
  ];
  for (const name of names) {
    for (const pathname of [...paths, `/?token=${host.token}`]) {
      const answer = await ask(host, pathname, { headers: { ...bearer(host), host: name } });
      expect([name, pathname, answer.status]).toEqual([name, pathname, 403]);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  }
});

test('answers nothing to a request without a host', async () => {
  const host = await aHost();
  const socket = connect(host.port, '127.0.0.1');
  socket.end(`GET /api/info HTTP/1.0\r\nauthorization: Bearer ${host.token}\r\n\r\n`);
  expect((await text(socket)).split('\r\n')[0]).toBe('HTTP/1.1 403 Forbidden');
});

test('refuses what other pages send', async () => {
  const host = await aHost();
  const cookie = await cookieOf(host);
  const origins = [
    'http://example.org',
    'null',
    `http://127.0.0.1:${host.port + 1}`,
    'https://127.0.0.1',
  ];
  for (const origin of origins) {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const answer = await ask(host, '/api/networks/local/test', {
        method,
        headers: { cookie, origin },
      });
      expect([origin, method, answer.status]).toEqual([origin, method, 403]);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  }
  const headers = { cookie, origin: host.url };
  expect((await ask(host, '/api/info', { headers })).status).toBe(200);
});

test('a socket is checked like a request', async () => {
  const host = await aHost();
  const cookie = await cookieOf(host);
  const address = `ws://127.0.0.1:${host.port}/rpc`;

  const statusOf = async (url: string, headers: Record<string, string>) => {
    const socket = new WebSocket(url, { headers });
    const opened = once(socket, 'open').then(() => 101);
    const refused = once(socket, 'unexpected-response').then(([, response]) => {
      response.resume();
      return Number(response.statusCode);
    });
    // Whichever doesn't happen ends with the error of the socket that is thrown away below.
    opened.catch(() => undefined);
    refused.catch(() => undefined);
    const status = await Promise.race([opened, refused]);
    socket.on('error', () => undefined);
    socket.terminate();
    return status;
  };

  expect(await statusOf(address, bearer(host))).toBe(101);
  expect(await statusOf(address, { cookie, origin: host.url })).toBe(101);
  expect(await statusOf(address, {})).toBe(401);
  expect(await statusOf(address, { authorization: 'Bearer wrong' })).toBe(401);
  expect(await statusOf(address, { cookie, origin: 'http://example.org' })).toBe(403);
  expect(await statusOf(address, { cookie, origin: `http://127.0.0.1:${host.port + 1}` })).toBe(
    403,
  );
  expect(await statusOf(address, { ...bearer(host), host: `example.org:${host.port}` })).toBe(403);
  expect(await statusOf(address.replace('/rpc', '/other'), bearer(host))).toBe(404);
});

test('what is not there is not found, in the form that was asked for', async () => {
  const pages = mkdtempSync(path.join(tmpdir(), 'drydock-pages-'));
  onTestFinished(() => rmSync(pages, { recursive: true }));
  writeFileSync(path.join(pages, 'index.html'), 'the page');
  const host = await aHost({ pages });
  for (const there of [
    '/',
    '/index.html',
    '/deployments/7',
    '/networks/local/blocks/1.2',
    '/nope',
  ]) {
    const answer = await ask(host, there, { headers: bearer(host) });
    expect(answer).toMatchObject({ status: 200, text: 'the page' });
  }
  for (const nowhere of ['/nope.js', '/assets/nope.js', '/docs/nope', '/rpc']) {
    const answer = await ask(host, nowhere, { headers: bearer(host) });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text).code).toBe('NOT_FOUND');
  }
  const accept = { ...bearer(host), accept: 'text/html' };
  const page = await ask(host, '/nope.js', { headers: accept });
  expect(page.status).toBe(404);
  expect(page.headers['content-type']).toContain('text/html');
  // Programs are told of networks and containers where people are shown their pages.
  for (const shared of ['/networks', '/containers']) {
    expect(await ask(host, shared, { headers: accept })).toMatchObject({
      status: 200,
      text: 'the page',
      headers: { vary: 'Accept, Accept-Encoding' },
    });
    expect((await ask(host, shared, { headers: bearer(host) })).text).not.toBe('the page');
  }
});

test('a link that was followed from elsewhere is asked for again, and is let in by its cookie only', async () => {
  const host = await aHost();
  const followed = {
    accept: 'text/html',
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };
  const again = await ask(host, '/deployments/7?x="', { headers: followed });
  expect(again.status).toBe(200);
  expect(again.headers['set-cookie']).toBeUndefined();
  expect(again.text).toContain('content="0; url=/deployments/7?x=%22"');
  const asked = { ...followed, 'sec-fetch-site': 'same-origin' };
  expect((await ask(host, '/deployments/7', { headers: asked })).status).toBe(401);
  for (const other of [{ 'sec-fetch-dest': 'iframe' }, { 'sec-fetch-mode': 'cors' }]) {
    const headers = { ...followed, ...other };
    expect((await ask(host, '/deployments/7', { headers })).status).toBe(401);
  }
  expect((await ask(host, '/api/info', { headers: followed })).status).toBe(401);
});

test('every answer says what a browser must know', async () => {
  const host = await aHost();
  const answers = [
    await ask(host, '/'),
    await ask(host, '/', { headers: { host: 'example.org' } }),
    await ask(host, `/?token=${host.token}`),
    await ask(host, '/', { headers: bearer(host) }),
    await ask(host, '/api/info', { headers: bearer(host) }),
    await ask(host, '/api/nothing', { headers: bearer(host) }),
    await ask(host, '/api/docs', { headers: bearer(host) }),
    await ask(host, '/api/docs/swagger-ui.css', { headers: bearer(host) }),
    await ask(host, '/api/deployments/999', { headers: bearer(host) }),
    await ask(host, '/', { method: 'POST', headers: bearer(host) }),
  ];
  for (const { headers } of answers) {
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
  }
});

test('listens on this machine alone', async () => {
  const host = await aHost();
  const others = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address && !address.internal && address.family === 'IPv4');
  for (const address of others) {
    const reached = await fetch(`http://${address?.address}:${host.port}/`).then(
      () => true,
      () => false,
    );
    expect(reached).toBe(false);
  }
  expect(host.url).toBe(`http://127.0.0.1:${host.port}`);
});
