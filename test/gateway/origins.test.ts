import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type WebSocket from 'ws';
import type { GatewayEvent } from '#main/gateway/control/protocol.ts';
import { ServedNode } from '#test/harness/gateway.ts';
import { ask, askRaw, callText, nextMessage, openSocket } from '#test/harness/http-ask.ts';

const ALLOWED = 'https://app.example.org';
const DENIED = 'https://denied.example.org';

let served: ServedNode;
const events: GatewayEvent[] = [];
const listening = new AbortController();

beforeAll(async () => {
  served = await ServedNode.start();
  await served.put({
    policy: { origins: { [ALLOWED]: 'allow', [DENIED]: 'deny', null: 'allow' } },
  });
  void (async () => {
    for await (const event of served.gateway.client.events(0, listening.signal)) events.push(event);
  })();
});
afterAll(async () => {
  listening.abort();
  await served[Symbol.asyncDispose]();
});

const chainId = callText('eth_chainId');
const post = (origin: string | string[] | undefined, body = chainId) =>
  ask(served.port, { headers: origin === undefined ? {} : { origin }, body });

const own = [
  'http://localhost',
  'http://localhost:3000',
  'https://localhost:8443',
  'http://dapp.localhost:5173',
  'http://127.0.0.1:3000',
  'http://127.8.8.8',
  'http://[::1]:3000',
];
const extensions = [
  'chrome-extension://nkbihfbeogaeaoehlefnkodbefgpgknn',
  'moz-extension://1c3bf5a6-21b5-4d4f-9d3c-6b5b1c8c9f11',
  'safari-web-extension://1C3BF5A6-21B5-4D4F-9D3C-6B5B1C8C9F11',
];
const refused = [
  'null',
  '',
  'https://evil.com',
  DENIED,
  'http://localhost.evil.com',
  'http://evil-localhost',
  'http://localhost.',
  'http://127.0.0.1.',
  'http://127.0.0.1.evil.com',
  'http://LOCALHOST:3000',
  'HTTP://localhost:3000',
  'HTTPS://APP.EXAMPLE.ORG',
  'https://app.example.org.',
  'https://app.example.org:443',
  'https://app.example.org/',
  'https://app.example.org@evil.com',
  'https://user@app.example.org',
  'http://localhost@evil.com',
  'http://localhost:3000@evil.com',
  'http://localhost:3000/',
  'http://localhost#evil.com',
  'http://localhost?evil.com',
  'http://localhost\\evil.com',
  'http://evil.com/localhost',
  'http://0.0.0.0:3000',
  'http://2130706433',
  'http://[::ffff:127.0.0.1]',
  'file://',
  'file://localhost',
  'data:text/html,x',
  'constructor',
  '__proto__',
  'chrome-extension://',
  'xchrome-extension://abc',
];

describe('over HTTP', () => {
  test.each([undefined, ...own, ...extensions, ALLOWED])(
    '%s may read the chain',
    async (origin) => {
      const said = await post(origin);
      expect(said).toMatchObject({ status: 200, text: expect.stringContaining('0x7a69') });
      expect(said.headers['access-control-allow-origin']).toBe(origin);
    },
  );

  test.each(refused)('"%s" is refused, before the node hears of it', async (origin) => {
    const said = await post(origin, callText('evm_mine'));
    expect(said.status).toBe(403);
    expect(JSON.parse(said.text)).toMatchObject({
      jsonrpc: '2.0',
      id: null,
      error: { code: 4100, message: expect.stringMatching(/^Drydock (doesn't let|lets no) page/) },
    });
    expect(said.headers['access-control-allow-origin']).toBeUndefined();
    expect(await served.node.call('eth_blockNumber')).toBe('0x0');
  });

  test('two Origin headers are none that is known', async () => {
    const said = await post(['http://localhost:3000', 'http://localhost:3000']);
    expect(said.status).toBe(403);
    expect((await post([ALLOWED, 'http://localhost'])).status).toBe(403);
  });

  test('a browser that leaves the origin out, and says that it is another site, is refused', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await ask(served.port, { headers, body: chainId })).status).toBe(403);
  });

  test.each(['evil.com', `evil.com:1`, 'localhost.evil.com', 'localhost@evil.com', 'localhost.'])(
    'Host "%s" is refused, whoever sends it',
    async (host) => {
      expect((await ask(served.port, { headers: { host }, body: chainId })).status).toBe(403);
    },
  );

  test.each([
    'localhost',
    'LOCALHOST:99',
    '127.0.0.1',
    '[::1]:8545',
    'x.localhost',
    'host.docker.internal:8545',
  ])('Host "%s" is this machine', async (host) => {
    expect((await ask(served.port, { headers: { host }, body: chainId })).status).toBe(200);
  });

  test('names that the core has routed count as this machine', async () => {
    const policy = {
      origins: { [ALLOWED]: 'allow', [DENIED]: 'deny' } as const,
      names: ['chain.test'],
    };
    await served.put({ policy });
    const headers = { host: 'chain.test', origin: 'https://chain.test' };
    expect((await ask(served.port, { headers, body: callText('evm_snapshot') })).status).toBe(200);
    await served.put({ policy: { ...policy, names: [] } });
    expect((await ask(served.port, { headers, body: chainId })).status).toBe(403);
  });

  const forbidden = [
    'evm_mine',
    'anvil_setBalance',
    'hardhat_mine',
    'debug_traceCall',
    'trace_block',
    'txpool_status',
    'personal_sign',
    'erigon_x',
    'ots_getApiLevel',
    'rpc_modules',
    '',
    'ETH_chainId',
    ' eth_chainId',
  ];

  test.each([ALLOWED, ...extensions])(
    '%s may call what wallets offer pages, and nothing else',
    async (origin) => {
      for (const method of ['eth_blockNumber', 'net_version', 'web3_clientVersion']) {
        expect(JSON.parse((await post(origin, callText(method))).text)).toHaveProperty('result');
      }
      for (const method of forbidden) {
        const said = await post(origin, callText(method, [], 7));
        expect(said.status, method).toBe(403);
        expect(JSON.parse(said.text)).toMatchObject({ id: 7, error: { code: 4100 } });
        // The page may read why.
        expect(said.headers['access-control-allow-origin']).toBe(origin);
      }
      expect(await served.node.call('eth_blockNumber')).toBe('0x0');
    },
  );

  test('a batch with one forbidden call is refused as a whole, also when that one is a notification', async () => {
    const batch = `[${chainId},{"jsonrpc":"2.0","method":"evm_mine"}]`;
    const said = await post(ALLOWED, batch);
    expect(said.status).toBe(403);
    expect(JSON.parse(said.text)).toMatchObject([
      { id: 1, error: { code: 4100 } },
      { error: { code: 4100 } },
    ]);
    expect((await post(ALLOWED, '{"jsonrpc":"2.0","method":"evm_mine"}')).status).toBe(403);
    expect(await served.node.call('eth_blockNumber')).toBe('0x0');
    const good = await post(ALLOWED, `[${chainId},${callText('eth_blockNumber', [], 2)}]`);
    expect(JSON.parse(good.text)).toHaveLength(2);
  });

  test.each([
    '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","method":"evm_mine","params":[]}',
    '{"jsonrpc":"2.0","id":1,"method":"evm_mine","method":"eth_chainId","params":[]}',
    '{"jsonrpc":"2.0","id":1,"method":"evm_mine","params":[]}',
    '[[{"jsonrpc":"2.0","id":1,"method":"evm_mine","params":[]}]]',
    '{"jsonrpc":"2.0","id":1,"method":["evm_mine"],"params":[]}',
    '\u{feff}{"jsonrpc":"2.0","id":1,"method":"evm_mine","params":[]}',
    '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}{"jsonrpc":"2.0","id":1,"method":"evm_mine","params":[]}',
    '{"jsonrpc":"2.0","id":1,"meth\\u006fd":"evm_mine","params":[]}',
    '',
    'null',
    '[]',
  ])('%s of an allowed page mines nothing', async (body) => {
    await post(ALLOWED, body);
    expect(await served.node.call('eth_blockNumber')).toBe('0x0');
  });

  test('what browsers ask before is answered with the exact origin', async () => {
    const headers = {
      origin: ALLOWED,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
      'access-control-request-private-network': 'true',
    };
    const said = await ask(served.port, { method: 'OPTIONS', headers });
    expect(said.status).toBe(204);
    expect(said.headers).toMatchObject({
      'access-control-allow-origin': ALLOWED,
      'access-control-allow-headers': 'content-type',
      'access-control-allow-private-network': 'true',
      vary: 'origin',
    });
    const evil = { ...headers, origin: 'https://evil.com' };
    const no = await ask(served.port, { method: 'OPTIONS', headers: evil });
    expect(no.status).toBe(403);
    expect(no.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('nothing of the node lets all origins in', async () => {
    for (const origin of [undefined, ALLOWED]) {
      const { headers } = await post(origin);
      expect(Object.values(headers)).not.toContain('*');
    }
  });

  test('a body that is packed is refused: nobody could look into it', async () => {
    const headers = { origin: ALLOWED, 'content-encoding': 'gzip' };
    expect((await ask(served.port, { headers, body: 'x' })).status).toBe(415);
  });

  test('the core is told of each refused page once, and which one can be allowed', async () => {
    await post('https://evil.com');
    await vi.waitFor(() => {
      const of = (origin: string) =>
        events.filter((event) => event.type === 'origin-refused' && event.origin === origin);
      expect(of('https://evil.com')).toMatchObject([{ chain: 'local', mayBeAllowed: true }]);
      expect(of('null')).toMatchObject([{ mayBeAllowed: false }]);
      expect(of(DENIED)).toMatchObject([{ mayBeAllowed: false }]);
      expect(of('HTTPS://APP.EXAMPLE.ORG')).toMatchObject([{ mayBeAllowed: false }]);
    });
    expect(events.some(({ type }) => type === 'method-refused')).toBe(true);
  });
});

describe('over WebSocket', () => {
  const opened = async (origin?: string) => {
    const socket = await openSocket(served.port, origin === undefined ? {} : { origin });
    expect(typeof socket, `${origin}: ${socket}`).toBe('object');
    return socket as WebSocket;
  };
  const said = async (socket: WebSocket, text: string) => {
    socket.send(text);
    return nextMessage(socket);
  };

  test.each([undefined, ...own, ...extensions, ALLOWED])(
    '%s may read the chain',
    async (origin) => {
      const socket = await opened(origin);
      expect(await said(socket, chainId)).toMatchObject({ id: 1, result: '0x7a69' });
      socket.close();
    },
  );

  test.each(refused.filter((origin) => origin !== ''))('"%s" gets no socket', async (origin) => {
    expect(await openSocket(served.port, { origin })).toBe(403);
  });

  test('nor does one under a foreign Host', async () => {
    expect(await openSocket(served.port, { host: 'evil.com' })).toBe(403);
  });

  test('an allowed page is held to the same methods, call by call', async () => {
    const socket = await opened(ALLOWED);
    expect(await said(socket, callText('evm_mine', [], 'a'))).toMatchObject({
      id: 'a',
      error: { code: 4100 },
    });
    expect(await said(socket, `[${chainId},${callText('evm_mine', [], 2)}]`)).toMatchObject([
      { error: { code: 4100 } },
      { id: 2, error: { code: 4100 } },
    ]);
    expect(await said(socket, '{"method":"evm_mine"}')).toMatchObject({ error: { code: 4100 } });
    expect(await said(socket, 'no json')).toMatchObject({ error: { code: -32600 } });
    expect(await said(socket, chainId)).toMatchObject({ result: '0x7a69' });
    expect(await served.node.call('eth_blockNumber')).toBe('0x0');
    socket.close();
  });
});

describe('requests that two servers could read in two ways', () => {
  const line = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
  const hidden = `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${callText('evm_mine').length}\r\n\r\n${callText('evm_mine')}`;

  test.each([
    [
      'both lengths',
      `${line}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    [
      'two lengths',
      `${line}Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
    ],
    ['an odd encoding', `${line}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`],
    [
      'an encoding in two parts',
      `${line}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    ['a space before the colon', `${line}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`],
    ['a length with a sign', `${line}Content-Length: +0\r\n\r\n${hidden}`],
    ['a folded header', `${line}X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`],
    ['a chunk size that is none', `${line}Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n${hidden}`],
    ['no Host', `POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n${hidden}`],
    [
      'two Hosts',
      `POST / HTTP/1.1\r\nHost: localhost\r\nHost: evil.com\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    ],
    [
      'a whole address',
      `POST http://evil.com/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    ],
  ])('%s: refused with 400, and the rest is not read', async (_, text) => {
    const answered = await askRaw(served.port, text);
    expect(answered).toMatch(/^HTTP\/1\.1 400 /);
    expect(answered.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(await served.node.call('eth_blockNumber')).toBe('0x0');
  });
});
