import { expect, test } from 'vitest';
import { aHost, ask, bearer, cookieOf } from './with-host.ts';

test('the API wants the token as a bearer', async () => {
  const host = await aHost();
  const without = await ask(host, '/api/info');
  expect(without.status).toBe(401);
  expect(without.headers['www-authenticate']).toContain('Bearer');
  expect(JSON.parse(without.text)).toMatchObject({ code: 'UNAUTHORIZED', status: 401 });

  const tokens = ['x', `${host.token}x`, host.token.slice(1), `${host.token},${host.token}`];
  for (const token of tokens) {
    const wrong = await ask(host, '/api/info', { headers: { authorization: `Bearer ${token}` } });
    expect(wrong.status).toBe(401);
  }
  const basic = await ask(host, '/api/info', { headers: { authorization: `Basic ${host.token}` } });
  expect(basic.status).toBe(401);

  const right = await ask(host, '/api/info', { headers: bearer(host) });
  expect(right.status).toBe(200);
  expect(JSON.parse(right.text)).toMatchObject({ pid: process.pid, canPickFolder: false });
});

test('tokens are random, and long enough', async () => {
  const [a, b] = [await aHost(), await aHost()];
  expect(a.token).not.toBe(b.token);
  expect(Buffer.from(a.token, 'base64url')).toHaveLength(32);
});

test('the address sets a cookie and leaves itself', async () => {
  const host = await aHost();
  const { status, headers } = await ask(host, `/?token=${host.token}`);
  expect(status).toBe(303);
  expect(headers.location).toBe('/');
  const [cookie = ''] = headers['set-cookie'] ?? [];
  expect(cookie).toMatch(new RegExp(`^drydock-${host.port}=`));
  expect(cookie.split('; ').slice(1)).toEqual(['Path=/', 'HttpOnly', 'SameSite=Strict']);
  expect(cookie).not.toContain(host.token);
});

test('a page below keeps its address and query, and can lead nowhere else', async () => {
  const host = await aHost();
  const locationOf = async (pathname: string) => (await ask(host, pathname)).headers.location;
  expect(await locationOf(`/projects/3?tab=log&token=${host.token}`)).toBe('/projects/3?tab=log');
  expect(await locationOf(`//example.org/x?token=${host.token}`)).toBe('/example.org/x');
  expect(await locationOf(`/\\example.org?token=${host.token}`)).toBe('/example.org');
});

test('a link on another site leads in too', async () => {
  const host = await aHost();
  const { status, headers, text } = await ask(host, `/a?b="><x&token=${host.token}`, {
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect(status).toBe(200);
  expect(headers['set-cookie']).toHaveLength(1);
  expect(text).toContain('content="0; url=/a?b=%22%3E%3Cx"');
});

test('the cookie opens the API and the pages', async () => {
  const host = await aHost();
  const cookie = await cookieOf(host);
  const other = 'theme=dark; a=b=c';
  const api = await ask(host, '/api/info', { headers: { cookie: `${other}; ${cookie}` } });
  expect(api.status).toBe(200);
  const fromUs = { cookie, 'sec-fetch-site': 'same-origin' };
  expect((await ask(host, '/api/info', { headers: fromUs })).status).toBe(200);
});

test('a cookie from elsewhere opens nothing', async () => {
  const [host, other] = [await aHost(), await aHost()];
  const [name = '', value = ''] = (await cookieOf(host)).split('=');
  const cookies = [
    await cookieOf(other),
    `${name}=${host.token}`,
    `${name}=${value}x`,
    `${name}=`,
    `x${name}=${value}`,
    '',
  ];
  for (const cookie of cookies) {
    expect((await ask(host, '/api/info', { headers: { cookie } })).status).toBe(401);
  }
});

test('the cookie is refused when the browser says that another port or site asks', async () => {
  const host = await aHost();
  const cookie = await cookieOf(host);
  for (const site of ['same-site', 'cross-site']) {
    const headers = { cookie, 'sec-fetch-site': site };
    expect((await ask(host, '/api/info', { headers })).status).toBe(401);
  }
});

test('an address that makes no sense is answered', async () => {
  const host = await aHost();
  for (const pathname of [
    '//',
    '///',
    '/%',
    '/%zz',
    '/..%2f..%2fetc/passwd',
    '/../../etc/passwd',
    '*',
  ]) {
    const { status } = await ask(host, pathname, { headers: bearer(host) });
    expect([pathname, status]).toEqual([
      pathname,
      expect.toSatisfy((code) => [200, 404].includes(code)),
    ]);
  }
});

test('a person without the token gets a page that says what to do', async () => {
  const host = await aHost();
  for (const pathname of ['/', '/projects/3', '/?token=wrong']) {
    const { status, headers, text } = await ask(host, pathname, {
      headers: { accept: 'text/html' },
    });
    expect(status).toBe(401);
    expect(headers['content-type']).toContain('text/html');
    expect(headers['set-cookie']).toBeUndefined();
    expect(text).toContain('drydock host');
  }
});

test('wrong tokens are counted, and too many are refused; the right one still works', async () => {
  const host = await aHost({ limits: { failuresPerMinute: 5 } });
  const wrong = () => ask(host, '/api/info', { headers: { authorization: 'Bearer wrong' } });
  for (let i = 0; i < 5; i++) expect((await wrong()).status).toBe(401);
  const refused = await wrong();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await ask(host, '/?token=wrong')).status).toBe(429);
  expect((await ask(host, '/api/info', { headers: bearer(host) })).status).toBe(200);
});

test('a flood of right requests is refused for the rest of the second', async () => {
  const host = await aHost({ limits: { requestsPerSecond: 3 } });
  const statuses = await Promise.all(
    Array.from(
      { length: 20 },
      async () => (await ask(host, '/api/info', { headers: bearer(host) })).status,
    ),
  );
  expect(statuses).toContain(200);
  expect(statuses).toContain(429);
});
