import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { made } from '#test/harness/made.ts';
import { scriptProject } from '#test/harness/script-project.ts';
import { type Chain, SENDER, startAnvil } from '../kinds/bench.ts';

interface Message {
  id: number;
  method?: string;
  result?: unknown;
}

/** A node that knows its transactions and, while it holds them back, none of their receipts. */
async function holdingReceipts(to: Chain) {
  const state = { holds: true };
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const answer = await fetch(to.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const asked = [JSON.parse(body) as Message].flat();
    const told = (await answer.json()) as Message | Message[];
    const isHeld = ({ id }: Message) =>
      state.holds && asked.find((one) => one.id === id)?.method === 'eth_getTransactionReceipt';
    const held = [told].flat().map((one) => (isHeld(one) ? { ...one, result: null } : one));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(Array.isArray(told) ? held : held[0]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { state, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

let core: TestApp;
let client: Client;
let fixture: Fixture;
let node: Chain;
let proxy: Awaited<ReturnType<typeof holdingReceipts>>;
let project: number;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  node = await startAnvil('--chain-id', '4242');
  proxy = await holdingReceipts(node);
  await client.networks.save({ name: 'slow', kind: 'remote', url: proxy.url, chainId: 4242 });
  fixture = await scriptProject({
    One: 'vm.startBroadcast(); new C(1); vm.stopBroadcast();',
    Two: 'vm.startBroadcast(); new C(1); new C(2); vm.stopBroadcast();',
  });
  project = (await client.projects.add({ path: fixture.folder })).id;
}, 120_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
  proxy?.server.closeAllConnections();
  proxy?.server.close();
  await node?.[Symbol.asyncDispose]();
});

async function deploy(script: string): Promise<DeploymentDetail> {
  proxy.state.holds = true;
  const { id } = await client.deployments.start({
    ...{ project, target: 'slow', input: { script: `script/${script}.s.sol`, from: SENDER } },
  });
  for await (const _ of await client.deployments.watch({ id })) {
    // Only its end matters.
  }
  return client.deployments.get({ id });
}

test('a receipt that does not come is told as that, and completes the record when it comes', async () => {
  const before = await deploy('One');
  const [sent] = made(before).transactions;
  expect(before.status).toBe('failed');
  expect(before.failure?.code).toBe('NO_RECEIPT');
  expect(before.failure?.message).toContain(`no receipt for ${sent?.hash} yet, though it is in`);
  expect(made(before).transactionCounts).toEqual({ planned: 1, sent: 1, mined: 1 });
  expect(sent).toMatchObject({ status: 'pending', verified: false });
  expect(made(before).contracts.every((c) => c.blockNumber > 0)).toBe(true);

  // Nothing is concluded from a network that still keeps it back.
  await client.doctor.reconcile();
  expect((await client.deployments.get({ id: before.id })).failure?.code).toBe('NO_RECEIPT');

  proxy.state.holds = false;
  const repairs = await client.doctor.reconcile();
  expect(JSON.stringify(repairs)).toContain('slow has given the receipts');
  const after = await client.deployments.get({ id: before.id });
  expect(after).toMatchObject({
    status: 'succeeded',
    failure: null,
    live: true,
    deadLetter: false,
  });
  expect(made(after).transactions).toMatchObject([
    { hash: sent?.hash, status: 'success', verified: true },
  ]);
  expect(made(after).contracts).toMatchObject([{ name: 'C', verified: true }]);
  expect(made(after).contracts[0]?.blockNumber).toBeGreaterThan(0);
}, 120_000);

test('what had not been sent when the tool gave up is not sent by the receipt', async () => {
  const run = await deploy('Two');
  const { id } = run;
  expect(run.failure?.message).toContain('has sent 1 of 2 planned transactions');
  expect(made(run).transactionCounts).toEqual({ planned: 2, sent: 1, mined: 1 });
  proxy.state.holds = false;
  await client.doctor.reconcile();
  const after = await client.deployments.get({ id });
  expect(after).toMatchObject({ status: 'failed', failure: { code: 'INCOMPLETE' } });
  expect(made(after).transactions.map((t) => t.status)).toEqual(['success', 'queued']);
}, 120_000);
