import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type WebSocket from 'ws';
import type { GatewayEvent } from '#main/gateway/control/protocol.ts';
import { ServedNode } from '#test/harness/gateway.ts';
import { callText, nextMessage, openSocket } from '#test/harness/http-ask.ts';
import { TestWallet } from '#test/harness/wallet.ts';

let served: ServedNode;
let wallet: TestWallet;
let events: GatewayEvent[];
let listening: AbortController;

function listen(): void {
  listening = new AbortController();
  const { signal } = listening;
  events = [];
  const into = events;
  void (async () => {
    for await (const event of served.gateway.client.events(0, signal)) into.push(event);
  })().catch(() => undefined);
}

beforeAll(async () => {
  served = await ServedNode.start();
});
beforeEach(async () => {
  await served.put();
  wallet = await TestWallet.create(served.call, served.node.call);
  listen();
});
afterEach(() => listening.abort());
afterAll(() => served[Symbol.asyncDispose]());

const nonceOf = async ({ address }: TestWallet) =>
  Number(await served.node.call('eth_getTransactionCount', [address, 'latest']));

const own = (type: GatewayEvent['type'], of = wallet) =>
  events.filter((event) => event.type === type && 'account' in event && event.account === of.key);

/** As the core does it: the gateway is told before and after. */
async function revertTo(snapshot: string): Promise<string> {
  await served.gateway.client.reverting('local');
  await served.node.call('evm_revert', [snapshot]);
  const next = await served.node.call<string>('evm_snapshot');
  await served.gateway.client.reverted('local', true);
  return next;
}

async function sendTwiceAndRevert(): Promise<string> {
  const snapshot = await served.node.call<string>('evm_snapshot');
  await wallet.sendAndWait();
  await wallet.sendAndWait();
  return revertTo(snapshot);
}

test('a wallet with the nonce from before a revert gets its receipt, and is told of once', async () => {
  await sendTwiceAndRevert();
  expect(await nonceOf(wallet)).toBe(0);
  expect(await wallet.sendAndWait()).toBe(2);
  expect(await wallet.sendAndWait()).toBe(3);
  expect(await nonceOf(wallet)).toBe(4);
  await vi.waitFor(() =>
    expect(own('nonce-mended')).toMatchObject([{ chain: 'local', from: 0, to: 2 }]),
  );
});

test('without the gateway, the same transaction waits for ever', async () => {
  await sendTwiceAndRevert();
  await served.node.call('eth_sendRawTransaction', [await wallet.sign()]);
  expect(await nonceOf(wallet)).toBe(0);
});

test('after several reverts in a row, any nonce from before them is taken', async () => {
  let snapshot = await sendTwiceAndRevert();
  snapshot = await revertTo(snapshot);
  snapshot = await revertTo(snapshot);
  expect(await wallet.sendAndWait()).toBe(2);
  snapshot = await revertTo(snapshot);
  expect(await wallet.sendAndWait()).toBe(3);
  await revertTo(snapshot);
  expect(await wallet.sendAndWait()).toBe(4);
});

test('a nonce that is too low is taken as well', async () => {
  // Forward to a state in which the account has sent more.
  const { node, gateway } = served;
  await wallet.sendAndWait();
  await gateway.client.reverting('local');
  await node.call('anvil_setNonce', [wallet.address, '0x9']);
  await gateway.client.reverted('local', true);
  expect(await wallet.sendAndWait({ nonce: 1 })).toBe(1);
  await vi.waitFor(() => expect(own('nonce-mended')).toMatchObject([{ from: 9, to: 1 }]));
});

test('over WebSocket it is the same', async () => {
  await sendTwiceAndRevert();
  const socket = (await openSocket(served.port)) as WebSocket;
  socket.send(callText('eth_sendRawTransaction', [await wallet.sign()], 'send'));
  const sent = (await nextMessage(socket)) as { id: string; result: string };
  expect(sent.id).toBe('send');
  await wallet.mined(sent.result);
  socket.close();
});

test('what was sent over WebSocket before makes its account known', async () => {
  const snapshot = await served.node.call<string>('evm_snapshot');
  const socket = (await openSocket(served.port)) as WebSocket;
  const raw = await wallet.account.signTransaction({
    ...{ chainId: 31337, nonce: 0, gas: 21_000n, gasPrice: 10n ** 11n, to: wallet.address },
  });
  socket.send(callText('eth_sendRawTransaction', [raw]));
  expect(await nextMessage(socket)).toHaveProperty('result');
  await revertTo(snapshot);
  await wallet.sendAndWait({ nonce: 1 });
  expect(await nonceOf(wallet)).toBe(2);
  socket.close();
});

test('a batch with one such transaction is mended, too', async () => {
  await sendTwiceAndRevert();
  const body = `[${callText('eth_chainId', [], 1)},${callText('eth_sendRawTransaction', [await wallet.sign()], 2)}]`;
  const response = await fetch(served.url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  const answers = (await response.json()) as { id: number; result: string }[];
  await wallet.mined(answers.find(({ id }) => id === 2)?.result ?? '');
});

test('an account that deployed here is never mended, and it is told that its transaction waits', async () => {
  const snapshot = await served.node.call<string>('evm_snapshot');
  await wallet.sendAndWait({ to: null });
  await wallet.sendAndWait();
  await revertTo(snapshot);
  await wallet.send();
  await vi.waitFor(() =>
    expect(own('nonce-off')).toMatchObject([{ chain: 'local', chainNonce: 0, sentNonce: 2 }]),
  );
  expect(await nonceOf(wallet)).toBe(0);
  expect(own('nonce-mended')).toEqual([]);
});

test('nor is one of which the core says so', async () => {
  await sendTwiceAndRevert();
  await served.put({ deployers: [wallet.address] });
  await wallet.send();
  await vi.waitFor(() => expect(own('nonce-off')).toHaveLength(1));
  expect(await nonceOf(wallet)).toBe(0);
});

test('nor after a revert that told so', async () => {
  const snapshot = await served.node.call<string>('evm_snapshot');
  await wallet.sendAndWait();
  await served.gateway.client.reverting('local');
  await served.node.call('evm_revert', [snapshot]);
  await served.gateway.client.reverted('local', true, [wallet.address]);
  await wallet.send();
  await vi.waitFor(() => expect(own('nonce-off')).toHaveLength(1));
  expect(await nonceOf(wallet)).toBe(0);
});

test('an account that never used the gateway is left alone', async () => {
  const other = await TestWallet.create(served.node.call, served.node.call);
  const snapshot = await served.node.call<string>('evm_snapshot');
  await other.sendAndWait();
  await revertTo(snapshot);
  await served.call('eth_sendRawTransaction', [await other.sign()]);
  expect(await nonceOf(other)).toBe(0);
});

test('a nonce that the account never had is a mistake of its sender, and stays one', async () => {
  await sendTwiceAndRevert();
  await wallet.send({ nonce: 1 });
  await wallet.send({ nonce: 5 });
  expect(await nonceOf(wallet)).toBe(0);
  expect(own('nonce-mended')).toEqual([]);
});

test('a script that sends the last of several transactions first keeps its nonces', async () => {
  await sendTwiceAndRevert();
  const raws = await Promise.all([2, 1, 0].map((nonce) => wallet.sign({ nonce })));
  const hashes = await Promise.all(
    raws.map((raw) => served.call<string>('eth_sendRawTransaction', [raw])),
  );
  await Promise.all(hashes.map((hash) => wallet.mined(hash)));
  expect(await nonceOf(wallet)).toBe(3);
  expect(own('nonce-mended')).toEqual([]);
});

test('the same over one WebSocket, however long the node takes', async () => {
  await sendTwiceAndRevert();
  const raws = await Promise.all([2, 1, 0].map((nonce) => wallet.sign({ nonce })));
  const socket = (await openSocket(served.port)) as WebSocket;
  const answers: unknown[] = [];
  socket.on('message', (data) => answers.push(JSON.parse(`${data}`)));
  served.node.signal('SIGSTOP');
  for (const [id, raw] of raws.entries()) {
    socket.send(callText('eth_sendRawTransaction', [raw], id));
  }
  // A ping is read after the messages.
  const pong = once(socket, 'pong');
  socket.ping();
  await pong;
  served.node.signal('SIGCONT');
  await vi.waitFor(() => expect(answers).toHaveLength(3));
  await vi.waitFor(async () => expect(await nonceOf(wallet)).toBe(3));
  expect(own('nonce-mended')).toEqual([]);
  socket.close();
});

test('the same in one batch', async () => {
  await sendTwiceAndRevert();
  const raws = await Promise.all([2, 1, 0].map((nonce) => wallet.sign({ nonce })));
  const body = `[${raws.map((raw, id) => callText('eth_sendRawTransaction', [raw], id)).join()}]`;
  await fetch(served.url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  await vi.waitFor(async () => expect(await nonceOf(wallet)).toBe(3));
  expect(own('nonce-mended')).toEqual([]);
});

test('an account that has sent with the right nonce since is not mended any more', async () => {
  await sendTwiceAndRevert();
  await wallet.sendAndWait({ nonce: 0 });
  await wallet.send({ nonce: 2 });
  expect(await nonceOf(wallet)).toBe(1);
  await wallet.sendAndWait({ nonce: 1 });
  await vi.waitFor(async () => expect(await nonceOf(wallet)).toBe(3));
});

test('a wallet that sends several at once after a revert gets all of them mined', async () => {
  await sendTwiceAndRevert();
  const raws = await Promise.all([2, 3, 4].map((nonce) => wallet.sign({ nonce })));
  for (const order of [1, 0, 2]) {
    void served.call('eth_sendRawTransaction', [raws[order]]).catch(() => undefined);
  }
  await vi.waitFor(async () => expect(await nonceOf(wallet)).toBe(5));
});

test('a revert that failed changes nothing', async () => {
  await wallet.sendAndWait();
  await served.gateway.client.reverting('local');
  await served.gateway.client.reverted('local', false);
  await wallet.send({ nonce: 5 });
  expect(await nonceOf(wallet)).toBe(1);
});

test('on a chain that mines when it is told to, the waiting transaction is the right one', async () => {
  await sendTwiceAndRevert();
  await served.node.call('evm_setAutomine', [false]);
  try {
    const hash = await wallet.send();
    await served.node.call('evm_mine');
    await wallet.mined(hash);
  } finally {
    await served.node.call('evm_setAutomine', [true]);
  }
});

test('a gateway that was killed since goes on mending', async () => {
  await sendTwiceAndRevert();
  await served.gateway.restart();
  await served.put();
  expect(await wallet.sendAndWait()).toBe(2);
});

test('also when it was killed before the revert, or in the middle of it', async () => {
  const { client } = served.gateway;
  const snapshot = await served.node.call<string>('evm_snapshot');
  await wallet.sendAndWait();
  await vi.waitFor(async () => {
    const text = await readFile(path.join(served.gateway.home, 'gateway', 'state.json'), 'utf8');
    expect(text).toContain(wallet.key);
  });
  await served.gateway.restart();
  await served.put();
  await client.reverting('local');
  await served.gateway.restart();
  await served.put();
  await served.node.call('evm_revert', [snapshot]);
  await client.reverted('local', true);
  expect(await wallet.sendAndWait()).toBe(1);
});

test('what it remembers of another chain, or of a damaged file, counts as nothing', async () => {
  await sendTwiceAndRevert();
  const file = path.join(served.gateway.home, 'gateway', 'state.json');
  const text = await readFile(file, 'utf8');
  for (const damaged of ['', '{', '[]', '{"local":{}}', text.replaceAll('31337', '5')]) {
    await served.gateway.kill();
    await writeFile(file, damaged);
    await served.gateway.restart();
    await served.put();
    await served.call('eth_chainId');
  }
  await wallet.send({ nonce: 2 });
  expect(await nonceOf(wallet)).toBe(0);
});

test('of what a revert took back, the node itself knows nothing', async () => {
  const snapshot = await served.node.call<string>('evm_snapshot');
  const hash = await wallet.send();
  await wallet.mined(hash);
  const block = await served.call<{ number: string; hash: string }>('eth_getBlockByNumber', [
    'latest',
    false,
  ]);
  await revertTo(snapshot);
  expect(await served.call('eth_getTransactionReceipt', [hash])).toBeNull();
  expect(await served.call('eth_getTransactionByHash', [hash])).toBeNull();
  expect(await served.call('eth_getBlockByHash', [block.hash, false])).toBeNull();
  expect(await served.call('eth_getBlockByNumber', [block.number, false])).toBeNull();
});
