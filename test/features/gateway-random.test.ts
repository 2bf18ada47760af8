import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import type { Chain } from '#main/features/chains/contract.ts';
import { chainsStore } from '#main/features/chains/store.ts';
import { GatewayClient } from '#main/gateway/control/client.ts';
import { dataFolder, openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { gatewaysOf } from '#test/harness/gateway-processes.ts';
import { killChain } from '#test/harness/kill-chain.ts';
import { rounds, seed } from '#test/harness/rounds.ts';

const chain = 'local';
const TO = '0x00000000000000000000000000000000000a11ce';

const isInDocker = process.env.DRYDOCK_ENGINE === 'docker';

let folder: Awaited<ReturnType<typeof dataFolder>>;
let core: TestApp;
let client: Client;

async function open(): Promise<void> {
  core = await openTestApp({ follow: true, home: folder.path });
  client = (await openDoor('in-process', core.app)).client;
}

beforeAll(async () => {
  folder = await dataFolder();
  await open();
  await client.settings.set({ engine: isInDocker ? 'docker' : 'process' });
  await client.chains.start({ chain });
  await client.chains.snapshot({ chain, name: 'first' });
});

afterAll(async () => {
  await client?.chains.stop({ chain });
  await vi.waitFor(() => expect(gatewaysOf(folder.path)).toEqual([]));
  await core?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

function random(state: number): (below: number) => number {
  let at = state;
  return (below) => {
    at = (Math.imul(at, 1664525) + 1013904223) >>> 0;
    return (at >>> 8) % below;
  };
}

/** Address of anvil itself, as recorded. */
function backendOf(): string {
  const db = openDb(folder.path);
  try {
    return chainsStore(db).chain(chain)?.backend as string;
  } finally {
    db.close();
  }
}

/** What a chain says of itself, the parts that a revert changes. */
async function told(call: Rpc): Promise<unknown> {
  const [accounts, head, balance, pool] = await Promise.all([
    call<string[]>('eth_accounts'),
    call<{ hash: string; transactions: string[] }>('eth_getBlockByNumber', ['latest', false]),
    call('eth_getBalance', [TO, 'latest']),
    call('txpool_status'),
  ]);
  const nonces = await Promise.all(
    accounts.slice(0, 3).map((one) => call('eth_getTransactionCount', [one, 'latest'])),
  );
  const hash = head.transactions[0];
  const receipt = hash === undefined ? null : await call('eth_getTransactionReceipt', [hash]);
  return { accounts, head, balance, pool, nonces, receipt };
}

async function running(): Promise<Chain> {
  const found = await client.chains.get({ chain });
  return found.status === 'running' ? found : client.chains.start({ chain });
}

const actions: Record<string, (next: (below: number) => number) => Promise<void>> = {
  async send(next) {
    const { rpcUrl } = await running();
    const call = rpc(rpcUrl as string);
    const accounts = await call<string[]>('eth_accounts');
    for (let n = next(3); n >= 0; n--) {
      await call('eth_sendTransaction', [{ from: accounts[next(3)], to: TO, value: '0x1' }]);
    }
  },
  async snapshot() {
    await running();
    const all = await client.chains.snapshots({ chain });
    if (all.length < 6) await client.chains.snapshot({ chain });
  },
  async revert(next) {
    const all = await client.chains.snapshots({ chain });
    const saved = all.filter(({ durable }) => durable);
    const to = saved[next(saved.length)];
    if (to) await client.chains.revert({ chain, snapshot: to.id });
  },
  async restart() {
    await running();
    await client.chains.restart({ chain });
  },
  async 'kill the gateway'() {
    for (const pid of gatewaysOf(folder.path)) process.kill(pid, 'SIGKILL');
  },
  async 'kill the gateway during a revert'(next) {
    const all = (await client.chains.snapshots({ chain })).filter(({ durable }) => durable);
    const to = all[next(all.length)];
    if (!to) return;
    const reverting = client.chains.revert({ chain, snapshot: to.id });
    for (const pid of gatewaysOf(folder.path)) process.kill(pid, 'SIGKILL');
    await reverting;
  },
  async 'kill anvil'() {
    const found = await running();
    await killChain(found);
  },
  async 'another core'() {
    await core[Symbol.asyncDispose]();
    await open();
  },
};

test('whatever happens, the gateway says what the chain says, and nothing else runs', async () => {
  const next = random(seed);
  const names = Object.keys(actions);
  const done: string[] = [];
  // A container takes a second or more for each start.
  const count = isInDocker ? rounds(4, 40) : rounds(6, 200);
  for (let round = 0; round < count; round++) {
    const name = names[next(names.length)] as string;
    done.push(name);
    try {
      await actions[name]?.(next);
      const { port } = await vi.waitFor(async () => {
        const found = await running();
        expect(found).toMatchObject({ status: 'running', behindGateway: true });
        return found;
      });
      await vi.waitFor(async () => {
        expect(await told(rpc(`http://127.0.0.1:${port}`))).toEqual(await told(rpc(backendOf())));
      });
      await vi.waitFor(async () => {
        expect(gatewaysOf(folder.path)).toHaveLength(1);
        const { chains } = await new GatewayClient(folder.path).status();
        expect(chains.map((one) => [one.chain, one.port, one.listening])).toEqual([
          [chain, port, true],
        ]);
      });
    } catch (error) {
      throw new Error(`round ${round} of seed ${seed}, after ${done.slice(-5).join(', ')}`, {
        cause: error,
      });
    }
  }
});
