import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type WebSocket from 'ws';
import type { GatewayEvent } from '#main/gateway/control/protocol.ts';
import { ServedNode, TestNode } from '#test/harness/gateway.ts';
import { ask, askRaw, callText, nextMessage, openSocket } from '#test/harness/http-ask.ts';
import { freePort } from '#test/harness/ports.ts';

const MB = 1024 * 1024;
const ALLOWED = 'https://app.example.org';

let served: ServedNode;

beforeAll(async () => {
  served = await ServedNode.start();
  await served.put({ policy: { origins: { [ALLOWED]: 'allow' } } });
});
afterAll(() => served[Symbol.asyncDispose]());

const statusOf = async () => {
  const { chains } = await served.gateway.client.status();
  return chains[0];
};
const chainId = callText('eth_chainId');
const isServed = async () => expect(await served.call('eth_chainId')).toBe('0x7a69');
const nothingLeft = () =>
  vi.waitFor(async () => expect(await statusOf()).toMatchObject({ inFlight: 0, websockets: 0 }));

const HOST_AND_TYPE = 'Host: localhost\r\nContent-Type: application/json\r\n';
const posted = () => ({
  ...{ host: '127.0.0.1', port: served.port, method: 'POST', agent: false as const },
  headers: { 'content-type': 'application/json' },
});

/** A call whose parameter is that long. */
const long = (bytes: number) => callText('web3_sha3', [`0x${'ab'.repeat(bytes / 2)}`]);

describe('what is long', () => {
  test('bodies of 20 MB arrive, of programs and of pages, with a length and in pieces', async () => {
    const body = long(20 * MB);
    const direct = await ask(served.node.port, { body, host: new URL(served.node.url).hostname });
    const headers: Record<string, string>[] = [
      {},
      { origin: ALLOWED },
      { 'transfer-encoding': 'chunked' },
    ];
    for (const sent of headers) {
      const said = await ask(served.port, { headers: sent, body });
      expect(JSON.parse(said.text)).toEqual(JSON.parse(direct.text));
    }
    // A node takes no longer frame than 16 MB.
    const socket = (await openSocket(served.port)) as WebSocket;
    socket.send(long(15 * MB));
    expect(await nextMessage(socket)).toHaveProperty('result');
    socket.close();
  });

  test('answers of 20 MB arrive whole, also when they are read slowly', async () => {
    const account = '0x00000000000000000000000000000000000000aa';
    const code = `0x${'00'.repeat(10 * MB)}`;
    await served.node.call('anvil_setCode', [account, code]);
    const body = callText('eth_getCode', [account, 'latest']);
    expect(JSON.parse((await ask(served.port, { body })).text).result === code).toBe(true);

    const slow = http.request(posted());
    slow.end(body);
    const [response] = (await once(slow, 'response')) as [http.IncomingMessage];
    let text = '';
    response.setEncoding('latin1');
    for await (const piece of response) {
      text += piece;
      response.pause();
      await new Promise((resolve) => setImmediate(resolve));
      response.resume();
    }
    expect(JSON.parse(text).result === code).toBe(true);

    const socket = (await openSocket(served.port)) as WebSocket;
    socket.send(body);
    expect(((await nextMessage(socket)) as { result: string }).result === code).toBe(true);
    socket.close();
    await nothingLeft();
  });

  test('many programs that read nothing take no memory without end', async () => {
    const account = '0x00000000000000000000000000000000000000aa';
    await served.node.call('anvil_setCode', [account, `0x${'00'.repeat(5 * MB)}`]);
    const body = callText('eth_getCode', [account, 'latest']);
    const head = `POST / HTTP/1.1\r\n${HOST_AND_TYPE}Content-Length: ${body.length}\r\n\r\n${body}`;
    const sockets = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const socket = net.connect(served.port, '127.0.0.1');
        await once(socket, 'connect');
        socket.pause();
        socket.write(head);
        return socket;
      }),
    );
    try {
      await vi.waitFor(async () => expect((await statusOf())?.inFlight).toBe(40));
      // The node has to make all answers first, which takes a busy machine longer than a call may.
      await vi.waitFor(isServed);
      const { rssBytes } = await served.gateway.client.status();
      // All answers together are 400 MB.
      expect(rssBytes).toBeLessThan(300 * MB);
    } finally {
      for (const socket of sockets) socket.destroy();
    }
    await nothingLeft();
  });
});

describe('programs that go away', () => {
  test('in the middle of a request, before it, and of an answer', async () => {
    const half = net.connect(served.port, '127.0.0.1');
    half.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"jsonrpc"');
    const longer = net.connect(served.port, '127.0.0.1');
    longer.write(
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${5 * MB}\r\n\r\n${'x'.repeat(2 * MB)}`,
    );
    const silent = net.connect(served.port, '127.0.0.1');
    await once(silent, 'connect');
    await isServed();
    for (const socket of [half, longer, silent]) socket.destroy();
    await nothingLeft();
    await isServed();
  });

  test('those that send a request byte by byte hold up nobody', async () => {
    const slow = net.connect(served.port, '127.0.0.1');
    const said = once(slow, 'data');
    for (const byte of `POST / HTTP/1.1\r\n${HOST_AND_TYPE}Content-Length: ${chainId.length}\r\n\r\n${chainId}`) {
      slow.write(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await isServed();
    expect(`${await said}`).toContain('0x7a69');
    slow.destroy();
  });

  test('what is no HTTP at all ends with an error, and nothing else', async () => {
    for (const text of [
      '\x16\x03\x01\x02\x00',
      'GET\r\n\r\n',
      `${'x'.repeat(70_000)}\r\n\r\n`,
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    ]) {
      expect(await askRaw(served.port, text)).toMatch(/^(HTTP\/1\.1 (400|403)|$)/);
    }
    await isServed();
  });
});

describe('WebSockets', () => {
  test('subscriptions come through, and end with their socket', async () => {
    const socket = (await openSocket(served.port)) as WebSocket;
    socket.send(callText('eth_subscribe', ['newHeads']));
    const { result } = (await nextMessage(socket)) as { result: string };
    const head = nextMessage(socket);
    await served.node.call('evm_mine');
    expect(await head).toMatchObject({
      method: 'eth_subscription',
      params: { subscription: result },
    });
    socket.terminate();
    await nothingLeft();
  });

  test('a hundred messages at once are answered in their order', async () => {
    const socket = (await openSocket(served.port)) as WebSocket;
    const ids: number[] = [];
    socket.on('message', (data) => ids.push(JSON.parse(`${data}`).id));
    for (let id = 0; id < 100; id++) socket.send(callText('eth_chainId', [], id));
    await vi.waitFor(() => expect(ids.length).toBe(100));
    expect(ids.toSorted((a, b) => a - b)).toEqual([...Array(100).keys()]);
    socket.close();
    await nothingLeft();
  });

  test('a handshake that is none is refused, and no socket to the node is left', async () => {
    const head =
      'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
    for (const more of [
      '',
      'Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n',
      'Sec-WebSocket-Version: 1\r\n',
    ]) {
      expect(await askRaw(served.port, `${head}${more}\r\n`)).toMatch(/^HTTP\/1\.1 4\d\d/);
    }
    await nothingLeft();
  });

  test('a program that offers HTTP/2 is served without', async () => {
    const headers = {
      connection: 'Upgrade, HTTP2-Settings',
      upgrade: 'h2c',
      'http2-settings': 'x',
    };
    const said = await ask(served.port, { headers, body: chainId });
    expect(JSON.parse(said.text).result).toBe('0x7a69');
  });

  test('a frame that breaks the rules ends its own socket', async () => {
    const socket = (await openSocket(served.port)) as WebSocket;
    const closed = once(socket, 'close');
    (socket as unknown as { _socket: net.Socket })._socket.write(
      Buffer.from([0xff, 0xff, 0xff, 0xff]),
    );
    await closed;
    await nothingLeft();
    await isServed();
  });
});

describe('a node that is gone', () => {
  test('is told to programs in the words of JSON-RPC, to the core as an event, and comes back', async () => {
    const events: GatewayEvent[] = [];
    const listening = new AbortController();
    void (async () => {
      for await (const event of served.gateway.client.events(0, listening.signal))
        events.push(event);
    })();
    const socket = (await openSocket(served.port)) as WebSocket;
    const closed = once(socket, 'close');
    const { port } = served.node;
    await served.node.kill();
    expect((await closed)[0]).toBe(1012);

    const said = await ask(served.port, { body: callText('eth_chainId', [], 'mine') });
    expect(said.status).toBe(502);
    expect(JSON.parse(said.text)).toEqual({
      jsonrpc: '2.0',
      id: 'mine',
      error: {
        code: -32002,
        message:
          'The chain "local" can\'t be reached: it is not running. Start it in Drydock, then try again.',
      },
    });
    // Where the node listens is nobody's business.
    expect(said.text).not.toContain('127.');
    const batch = await ask(served.port, {
      body: `[${callText('a', [], 1)},${callText('b', [], 2)}]`,
    });
    expect(JSON.parse(batch.text)).toMatchObject([{ id: 1 }, { id: 2 }]);
    expect(await openSocket(served.port)).toBe(502);
    await vi.waitFor(() => expect(events.map(({ type }) => type)).toContain('upstream-gone'));
    listening.abort();

    await using again = await TestNode.startAt(port);
    expect(again.url).toBe(served.node.url);
    await isServed();
  });

  test('in the middle of an answer: half of one never looks whole', async () => {
    await using node = await TestNode.start();
    await served.put({ backend: node.url });
    const account = '0x00000000000000000000000000000000000000aa';
    await node.call('anvil_setCode', [account, `0x${'00'.repeat(20 * MB)}`]);
    const request = http.request(posted());
    request.end(callText('eth_getCode', [account, 'latest']));
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    await once(response, 'readable');
    await node.kill();
    await expect(
      (async () => {
        for await (const _ of response);
      })(),
    ).rejects.toThrow();
    await nothingLeft();
  });

  test('and started again at the same place: a read on a connection of before is repeated', async () => {
    const node = await TestNode.start();
    await served.put({ backend: node.url });
    await isServed();
    await node.kill();
    await using again = await TestNode.startAt(node.port);
    await isServed();
    expect(await served.call('eth_blockNumber')).toBe(await again.call('eth_blockNumber'));
  });

  test('that is frozen holds up its own chain alone', async () => {
    await using frozen = await TestNode.start();
    await using other = await TestNode.start('--chain-id', '77');
    const port = await freePort();
    await served.put({ backend: frozen.url });
    await served.gateway.client.putChain('other', { port, backend: other.url, chainId: 77 });
    await isServed();
    frozen.signal('SIGSTOP');
    const waiting = Array.from({ length: 300 }, () => ask(served.port, { body: chainId }));
    await vi.waitFor(async () => expect((await statusOf())?.inFlight).toBe(300));
    expect(JSON.parse((await ask(port, { body: chainId })).text).result).toBe('0x4d');
    frozen.signal('SIGCONT');
    for (const { status } of await Promise.all(waiting)) expect(status).toBe(200);
    await served.gateway.client.removeChain('other');
    await nothingLeft();
  });
});

describe('during a revert', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await TestNode.start();
    await served.put({ backend: node.url });
  });
  afterAll(() => node[Symbol.asyncDispose]());

  test('requests wait, over HTTP and WebSocket, and go to the chain as it is then', async () => {
    const { client } = served.gateway;
    const socket = (await openSocket(served.port)) as WebSocket;
    await client.reverting('local');
    const held = ask(served.port, { body: callText('eth_blockNumber') });
    const later = openSocket(served.port);
    socket.send(callText('eth_blockNumber'));
    const message = nextMessage(socket);
    await node.call('anvil_mine', ['0x5']);
    await client.reverted('local', true);
    expect(JSON.parse((await held).text).result).toBe('0x5');
    expect(await message).toMatchObject({ result: '0x5' });
    expect(typeof (await later)).toBe('object');
    ((await later) as WebSocket).close();
    socket.close();
  });

  test('the node may move meanwhile', async () => {
    const { client } = served.gateway;
    await using moved = await TestNode.start('--chain-id', '99');
    await client.reverting('local');
    const held = ask(served.port, { body: chainId });
    await served.put({ backend: moved.url });
    await client.reverted('local', true);
    expect(JSON.parse((await held).text).result).toBe('0x63');
    await served.put({ backend: node.url });
  });

  test('programs that go away while they wait leave nothing', async () => {
    const { client } = served.gateway;
    await client.reverting('local');
    const socket = net.connect(served.port, '127.0.0.1');
    socket.write(
      `POST / HTTP/1.1\r\n${HOST_AND_TYPE}Content-Length: ${chainId.length}\r\n\r\n${chainId}`,
    );
    await once(socket, 'connect');
    socket.destroy();
    await client.reverted('local', false);
    await nothingLeft();
    await isServed();
  });
});
