import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { mnemonicToAccount } from 'viem/accounts';
import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openDb } from '#main/db/open.ts';
import type { Engine } from '#main/engines/engine.ts';
import { only } from '#main/engines/engines.ts';
import { rpc } from '#main/eth/rpc.ts';
import { type Chain, chain } from '#main/features/chains/contract.ts';
import { chainCreations } from '#main/features/chains/creation/creations.ts';
import { ChainFolder } from '#main/features/chains/folder.ts';
import { chainsService } from '#main/features/chains/service.ts';
import { chainsStore, type SnapshotRow } from '#main/features/chains/store.ts';
import { portsService } from '#main/features/ports/service.ts';
import { portsStore } from '#main/features/ports/store.ts';
import { markOf } from '#main/lib/process-mark.ts';
import type { ProcessRef } from '#main/lib/process-ref.ts';
import { processes as running } from '#main/lib/processes/processes.ts';
import { DataKey } from '#main/lib/secrets/data-key.ts';
import type { AppError } from '#main/shared/errors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { testOf } from '#test/harness/on-either-engine.ts';
import { freePort } from '#test/harness/ports.ts';
import { withoutGateway } from '#test/harness/without-gateway.ts';

const owner = await running.own();

const cleanups: (() => PromiseLike<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Another one that is valid. */
const other = `${'zoo '.repeat(11)}wrong`;

/** Of a creation that ends with an error. */
const REVERTS = '0x60006000fd';
const TO = '0x00000000000000000000000000000000000000aa';

interface Network {
  name: string;
  kind: 'local' | 'fork';
  chainId: number | null;
  servedChainId: number | null;
  url: string | null;
  headers: Record<string, string>;
  forkBlock: number | null;
  port: number | null;
}

const local: Network = {
  name: 'local',
  kind: 'local',
  chainId: 31337,
  servedChainId: 31337,
  url: null,
  headers: {},
  forkBlock: null,
  port: null,
};

/** One of the engines, and what tests of chains do to it from the outside. */
export interface EngineUnderTest {
  name: Engine['name'];
  open: (home: string) => Promise<{ engine: Engine } & AsyncDisposable>;
  /** Ends a chain's process as a crash would. */
  kill: (chain: Chain) => Promise<void>;
  /** Holds a chain still, and lets it go on. */
  freeze: (chain: Chain) => Promise<void>;
  thaw: (chain: Chain) => Promise<void>;
  /** What one that is held still is called. */
  frozen: Chain['status'];
  /** What everybody on the machine can see of how it was started. */
  visible: (chain: Chain) => Promise<string>;
  /** How the chain is named as the holder of its port. */
  holder: (chain: Chain) => RegExp;
}

/** What chains do, whatever runs them. */
export function chainsOn(kind: EngineUnderTest): void {
  const testOnce = testOf(kind.name);
  /** One core on a data folder; several of them can share it, one after the other. */
  async function setUp(home?: string, networks?: Network[]) {
    if (!home) {
      const folder = await temporaryFolder();
      cleanups.push(() => folder[Symbol.asyncDispose]());
      home = folder.path;
    }
    const known: Network[] = networks ?? [{ ...local, port: await freePort() }];
    const db = openDb(home);
    const opened = await kind.open(home);
    const { engine } = opened;
    const store = chainsStore(db);
    const chains = chainsService({
      store,
      creations: chainCreations({ store: store.creations, seal: new DataKey(home) }),
      originOf: () => null,
      seal: new DataKey(home),
      engines: only(engine),
      dataFolder: home,
      owner,
      ports: portsService({
        store: portsStore(db),
        self: owner,
        isAlive: running.isAlive,
        isGone: running.isGone,
        exists: (name) => known.some((n) => name === `chain ${n.name}`),
      }),
      gateway: withoutGateway,
      logger: pino({ level: 'silent' }),
      networks: () => known,
      mask: (text) => text,
      emit: () => undefined,
      changed: () => undefined,
      userOf: () => undefined,
      news: async function* () {
        yield [];
      },
      deployments: {
        live: () => [],
        standing: () => [],
        setLive: () => undefined,
        describe: () => [],
        titled: () => null,
        settleFiles: async () => ({ aside: [], back: [], kept: [] }),
        lastSnapshot: () => null,
      },
    });
    let open = true;
    const close = async () => {
      if (!open) return;
      open = false;
      await chains.close();
      db.close();
    };
    cleanups.push(async () => {
      for (const row of open ? store.chains() : []) {
        if (row.process) await engine.stopService(row.process, 0);
      }
      await close();
      await opened[Symbol.asyncDispose]();
    });
    return { home, chains, store, engine, networks: known, close };
  }

  async function send(url: string, value = 1): Promise<void> {
    const call = rpc(url);
    const [from] = await call<string[]>('eth_accounts');
    const hash = await call<string>('eth_sendTransaction', [
      { from, to: TO, value: `0x${value.toString(16)}` },
    ]);
    while (!(await call('eth_getTransactionReceipt', [hash]))) await sleep(5);
  }

  const balance = async (url: string) =>
    Number(await rpc(url)<string>('eth_getBalance', [TO, 'latest']));

  test('a chain starts, answers with its id, and stops', async () => {
    const { chains } = await setUp();
    const started = await chains.start('local', {});
    expect(started).toMatchObject({ status: 'running', chainId: 31337, blockNumber: 0 });
    const url = started.rpcUrl as string;
    expect(Number(await rpc(url)('eth_chainId'))).toBe(31337);
    expect((await chains.stop('local')).status).toBe('stopped');
    await expect(rpc(url)('eth_chainId')).rejects.toMatchObject({ unreachable: true });
  });

  /** A core that ends in the middle of a deployment, with all that it had switched on. */
  async function diedHolding() {
    const core = await setUp();
    const { rpcUrl } = await core.chains.start('local', {});
    const held = await core.chains.hold('local');
    await held.signForAll();
    await core.close();
    return { ...core, url: rpcUrl as string };
  }

  /** Sends what is refused in any case: for its price, if the chain signs for the sender at all. */
  const sendAsStranger = (url: string) =>
    rpc(url)('eth_sendTransaction', [{ from: TO, to: TO, gas: '0x1' }]);

  testOnce(
    'after a core that died in a deployment, a chain signs for its own accounts only',
    async () => {
      const { home, networks, url } = await diedHolding();
      await expect(sendAsStranger(url)).rejects.not.toThrow(/no signer/i);
      const { chains } = await setUp(home, networks);
      expect(await chains.reconcileSwitches()).toHaveLength(1);
      await expect(sendAsStranger(url)).rejects.toThrow(/no signer/i);
      expect(await chains.reconcileSwitches()).toEqual([]);
    },
  );

  testOnce('after a core that died in a deployment, a chain mines as it did before', async () => {
    const core = await setUp();
    await core.chains.start('local', {});
    await core.chains.controls.setMining('local', { mode: 'manual', seconds: null });
    const held = await core.chains.hold('local');
    expect(held.mines).toBe('by hand');
    await held.mineOnDemand();
    expect((await core.chains.get('local')).mining.mode).toBe('auto');
    await core.close();
    const { chains } = await setUp(core.home, core.networks);
    expect(await chains.reconcileSwitches()).toEqual([expect.stringMatching(/mines by hand/)]);
    expect((await chains.get('local')).mining.mode).toBe('manual');
    expect(await chains.reconcileSwitches()).toEqual([]);
  });

  testOnce('a run that sent nothing leaves no snapshot on a chain that mines by hand', async () => {
    const { chains } = await setUp();
    const { rpcUrl } = await chains.start('local', {});
    await chains.controls.setMining('local', { mode: 'manual', seconds: null });
    const held = await chains.hold('local');
    await held.snapshot('before it');
    await held.mineOnDemand();
    await held[Symbol.asyncDispose]();
    expect(chains.snapshots('local')).toEqual([]);
    const call = rpc(rpcUrl as string);
    expect(await call('anvil_getAutomine')).toBe(false);
    expect(Number(await call('eth_blockNumber'))).toBe(0);
  });

  testOnce(
    'a run that fails while its chain is being switched to sign leaves nothing switched on',
    async () => {
      const { chains } = await setUp();
      const { rpcUrl } = await chains.start('local', {});
      const held = await chains.hold('local');
      const begun = held.signForAll();
      await held[Symbol.asyncDispose]();
      await begun;
      await expect(sendAsStranger(rpcUrl as string)).rejects.toThrow(/no signer/i);
    },
  );

  testOnce('what a chain in a run does not tell is told as what it is', async () => {
    const { chains } = await setUp();
    const started = await chains.start('local', {});
    await using held = await chains.hold('local');
    await kind.kill(started);
    await expect(held.signForAll()).rejects.toMatchObject({ name: 'AppError' });
  });

  testOnce('a chain that was started anew since such a death is left as it is', async () => {
    const { home, networks } = await diedHolding();
    const { chains } = await setUp(home, networks);
    const url = (await chains.restart('local', {})).rpcUrl as string;
    await expect(sendAsStranger(url)).rejects.toThrow(/no signer/i);
    await rpc(url)('anvil_autoImpersonateAccount', [true]);
    expect(await chains.reconcileSwitches()).toEqual([]);
    await expect(sendAsStranger(url)).rejects.not.toThrow(/no signer/i);
  });

  testOnce('a clock beyond what can be counted is told, and hides no other chain', async () => {
    const other = { ...local, name: 'other', port: null };
    const { chains } = await setUp(undefined, [{ ...local, port: null }, other]);
    const { rpcUrl } = await chains.start('local', {});
    await chains.start('other', {});
    const call = rpc(rpcUrl as string);
    for (const clock of [2n ** 53n + 2n, 2n ** 63n - 1n]) {
      await call('evm_setNextBlockTimestamp', [`0x${clock.toString(16)}`]);
      await call('evm_mine');
      const [far, near] = z.array(chain).parse(await chains.list());
      expect(far).toMatchObject({ status: 'running', blockTime: null, clockDrift: null });
      expect(far?.note).toContain(`${clock} s`);
      expect(near).toMatchObject({ status: 'running', note: null });
      expect(near?.blockTime).not.toBeNull();
    }
    await expect(chains.warp('local', 1)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      data: { field: 'seconds' },
    });
    const snapshot = await chains.snapshot('local', 'far');
    await chains.mine('other', 1);
    await chains.revert('local', snapshot.id);
    expect(chain.parse(await chains.restart('local', {})).status).toBe('running');
  });

  test('a chain that is held still says so, and hides no other one', async () => {
    const other = { ...local, name: 'other', port: null };
    const { chains } = await setUp(undefined, [{ ...local, port: null }, other]);
    const held = await chains.start('local', {});
    await chains.start('other', {});
    await kind.freeze(held);
    // A signal takes a moment to arrive.
    await vi.waitFor(async () => {
      const [still, runs] = z.array(chain).parse(await chains.list());
      const { pid, container } = held;
      expect(still).toMatchObject({ status: kind.frozen, pid, container });
      expect(still?.note).toContain('restart the chain');
      expect(runs).toMatchObject({ status: 'running', note: null, blockNumber: 0 });
    }, 20_000);
    await kind.thaw(held);
    await vi.waitFor(
      async () => expect((await chains.get('local')).status).toBe('running'),
      20_000,
    );
    await kind.freeze(held);
    expect(await chains.restart('local', {})).toMatchObject({ status: 'running', note: null });
  });

  test('the state survives a stop and a start', async () => {
    const { chains } = await setUp();
    const { rpcUrl } = await chains.start('local', {});
    await send(rpcUrl as string, 5);
    await chains.stop('local');
    const again = await chains.start('local', {});
    expect(again.rpcUrl).toBe(rpcUrl);
    expect(again.blockNumber).toBe(1);
    expect(await balance(again.rpcUrl as string)).toBe(5);
  });

  test('another core adopts a chain that still runs', async () => {
    const first = await setUp();
    const { pid, container, rpcUrl } = await first.chains.start('local', {});
    await send(rpcUrl as string);
    const snapshot = await first.chains.snapshot('local', 'kept');
    await first.close();
    const second = await setUp(first.home, first.networks);
    await second.chains.adopt(false);
    expect(await second.chains.get('local')).toMatchObject({
      status: 'running',
      engine: kind.name,
      pid,
      container,
    });
    await send(rpcUrl as string);
    expect(await second.chains.revert('local', snapshot.name)).toMatchObject({ how: 'live' });
    expect(await balance(rpcUrl as string)).toBe(1);
  });

  test('a chain that was killed is shown as stopped with the reason, and starts again', async () => {
    const { chains } = await setUp();
    const { rpcUrl, ...chain } = await chains.start('local', {});
    await send(rpcUrl as string, 7);
    await chains.snapshot('local', 'safe');
    // anvil writes of it what has nothing to do with its end.
    await expect(rpc(rpcUrl as string)('eth_call', [{ data: REVERTS }])).rejects.toThrow();
    await kind.kill({ rpcUrl, ...chain });
    await vi.waitFor(
      async () => expect((await chains.get('local')).status).toBe('stopped'),
      20_000,
    );
    const dead = await chains.get('local');
    expect(dead.problem).toMatch(
      /^anvil was ended by SIGKILL from outside, [^:]+\. Start the chain/,
    );
    await chains.revert('local', 'safe');
    expect(await balance(rpcUrl as string)).toBe(7);
  });

  testOnce('a chain whose process is not quite gone yet is started again', async () => {
    const { chains, engine } = await setUp();
    const before = await chains.start('local', {});
    await kind.kill(before);
    await vi.waitFor(() => expect(rpc(before.rpcUrl as string)('eth_chainId')).rejects.toThrow());
    const { isRunning } = engine;
    let looks = 3;
    engine.isRunning = async (ref) => looks-- > 0 || isRunning(ref);
    const again = await chains.start('local', {});
    expect(again.status).toBe('running');
    expect(again.startedAt).not.toBe(before.startedAt);
    expect((await chains.get('local')).status).toBe('running');
  });

  testOnce('any snapshot can be reverted to, any number of times, in any order', async () => {
    const { chains } = await setUp();
    const { rpcUrl } = await chains.start('local', {});
    const url = rpcUrl as string;
    const expected: Record<string, number> = {};
    for (const name of ['a', 'b', 'c']) {
      await send(url, 10);
      await chains.snapshot('local', name);
      expected[name] = await balance(url);
    }
    await send(url, 100);
    for (const name of ['b', 'b', 'a', 'c', 'b', 'a', 'a', 'c', 'b']) {
      await chains.revert('local', name);
      expect([name, await balance(url)]).toEqual([name, expected[name]]);
      await send(url, 1);
      const blocks = (await chains.get('local')).blockNumber as number;
      for (let n = 0; n <= blocks; n++) {
        const block = await rpc(url)('eth_getBlockByNumber', [`0x${n.toString(16)}`, false]);
        expect(block).not.toBeNull();
      }
    }
  });

  testOnce('each snapshot says which one it was taken on, also when that is deleted', async () => {
    const { chains } = await setUp();
    const { rpcUrl } = await chains.start('local', {});
    const taken = async (name: string) => {
      await send(rpcUrl as string, 1);
      return (await chains.snapshot('local', name)).id;
    };
    const [first, second] = [await taken('first'), await taken('second')];
    await chains.revert('local', first);
    const beside = await taken('beside');
    const last = await taken('last');
    const parents = () => chains.snapshots('local').map(({ id, parent }) => [id, parent]);
    expect(parents()).toEqual([
      ...[
        [first, null],
        [second, first],
      ],
      ...[
        [beside, first],
        [last, beside],
      ],
    ]);
    await chains.removeSnapshot('local', beside);
    expect(parents()).toEqual([
      [first, null],
      [second, first],
      [last, first],
    ]);
  });

  test('snapshots survive a stop of the chain and a new core', async () => {
    const first = await setUp();
    const { rpcUrl } = await first.chains.start('local', {});
    await send(rpcUrl as string, 3);
    await first.chains.snapshot('local', 'three');
    await send(rpcUrl as string, 4);
    await first.chains.stop('local');
    await first.close();
    const second = await setUp(first.home, first.networks);
    const reverted = await second.chains.revert('local', 'three');
    expect(reverted.how).toBe('restart');
    expect(await balance(rpcUrl as string)).toBe(3);
  });

  testOnce('a snapshot that was written but not noted is taken in, a half one is not', async () => {
    const { home, chains, store } = await setUp();
    const { rpcUrl } = await chains.start('local', {});
    await send(rpcUrl as string, 6);
    const whole = await chains.snapshot('local', 'whole');
    await chains.stop('local');
    const file = new ChainFolder(home, 'local', owner).snapshot(whole.id);
    const unnoted = (name: string) =>
      store.insertSnapshot({
        ...(store.snapshots('local').find((s) => s.id === whole.id) as SnapshotRow),
        name,
        durable: false,
        evmId: null,
      });
    const written = unnoted('written');
    const half = unnoted('half');
    const coming = unnoted('coming');
    const folder = new ChainFolder(home, 'local', owner);
    copyFileSync(file, folder.snapshot(written.id));
    writeFileSync(folder.snapshot(half.id), readFileSync(file).subarray(0, 200));
    // Of another core that lives: this test's own parent.
    const part = `${folder.snapshot(coming.id)}.${markOf((await running.ref(process.ppid)) as ProcessRef)}.part`;
    writeFileSync(part, '');
    // Of ones that were killed: their pids are used again, by that same process, or by none.
    const left = [`${process.ppid}-00000000`, `${process.ppid}`, `${2 ** 22 + 1}-00000000`].map(
      (mark) => `${folder.snapshot(coming.id)}.${mark}.part`,
    );
    for (const one of left) writeFileSync(one, '');

    const done = await chains.reconcile();
    expect(done).toContainEqual(expect.stringContaining('"half" of local was never saved'));
    expect(chains.snapshots('local')).toMatchObject([
      { name: 'whole', durable: true },
      { name: 'written', durable: true },
      { name: 'coming', durable: false },
    ]);
    expect([part, ...left].map((one) => existsSync(one))).toEqual([true, false, false, false]);

    // What this core is writing itself is left alone, too.
    folder.announceSnapshot(coming.id);
    const own = `${folder.snapshot(coming.id)}.${markOf(owner)}.part`;
    await chains.reconcile();
    expect(existsSync(own)).toBe(true);
    await folder.withdrawSnapshot(coming.id);
    writeFileSync(own, '');
    await chains.reconcile();
    expect(existsSync(own)).toBe(false);
    await chains.revert('local', 'written');
    expect(await balance(rpcUrl as string)).toBe(6);
  });

  testOnce(
    'after a revert the clock is right again, and one that was moved ahead stays ahead',
    async () => {
      const { chains } = await setUp();
      const { rpcUrl } = await chains.start('local', {});
      /** How far the next block is ahead of the machine's clock, whose times are whole seconds. */
      const ahead = async () => {
        const from = Math.floor(Date.now() / 1000) - 1;
        const { blockTime } = await chains.mine('local', 1);
        const to = Math.ceil(Date.now() / 1000) + 1;
        const time = blockTime ?? 0;
        if (time < from) return time - from;
        return time > to ? time - to : 0;
      };
      const first = await chains.mine('local', 1);
      const early = await chains.snapshot('local', 'early');
      // The chain would go on from the snapshot's time.
      await vi.waitUntil(() => Date.now() / 1000 > (first.blockTime ?? 0) + 4, 20_000);
      await send(rpcUrl as string);
      expect(await chains.revert('local', early.id)).toMatchObject({ how: 'live' });
      expect(await ahead()).toBe(0);

      await chains.warp('local', 86_400);
      const later = await chains.snapshot('local', 'a day ahead');
      await send(rpcUrl as string);
      await chains.revert('local', later.id);
      expect(await ahead()).toBeGreaterThan(86_000);
      await chains.revert('local', early.id);
      expect(await ahead()).toBe(0);
    },
  );

  testOnce('what a revert leaves behind is kept, so that one can go forward again', async () => {
    const { chains } = await setUp();
    const { rpcUrl } = await chains.start('local', {});
    const url = rpcUrl as string;
    await chains.snapshot('local', 'empty');
    await send(url, 9);
    await chains.fund('local', TO, '1');
    const full = BigInt(await rpc(url)<string>('eth_getBalance', [TO, 'latest']));
    const back = await chains.revert('local', 'empty');
    expect(back.leftBehind?.automatic).toBe(true);
    expect(await balance(url)).toBe(0);
    await chains.revert('local', back.leftBehind?.id);
    expect(BigInt(await rpc(url)<string>('eth_getBalance', [TO, 'latest']))).toBe(full);
  });

  testOnce(
    'a deployment that does nothing leaves no snapshot, and the chain stands where it stood',
    async () => {
      const { chains } = await setUp();
      const url = (await chains.start('local', {})).rpcUrl as string;
      const kept = await chains.snapshot('local', 'kept');
      await chains.fund('local', TO, '1');
      for (let n = 0; n < 3; n++) {
        await using held = await chains.hold('local');
        await held.snapshot('before it');
      }
      const meanwhile = await chains.hold('local');
      const taking = meanwhile.snapshot('before it');
      await meanwhile[Symbol.asyncDispose]();
      await taking;
      expect(chains.snapshots('local')).toMatchObject([{ name: 'kept', current: true }]);
      // What was changed without a block before it is still noticed.
      const { leftBehind } = await chains.revert('local', kept.id);
      expect(leftBehind).not.toBeNull();

      {
        await using held = await chains.hold('local');
        await held.snapshot('before a block');
        await send(held.url);
      }
      await rpc(url)('evm_setAutomine', [false]);
      {
        await using held = await chains.hold('local');
        await held.snapshot('before one that waits');
        const [from] = await held.accounts();
        await rpc(held.url)('eth_sendTransaction', [{ from, to: TO, value: '0x1' }]);
      }
      const names = chains.snapshots('local').map((snapshot) => snapshot.name);
      expect(names.slice(2)).toEqual(['before a block', 'before one that waits']);
    },
  );

  testOnce(
    'of the automatic snapshots the oldest go, but never the one that is gone back to',
    async () => {
      const { chains } = await setUp();
      const { rpcUrl } = await chains.start('local', {});
      await chains.snapshot('local', 'start');
      const leave = async (to: number | string) => {
        await chains.mine('local', 1);
        return (await chains.revert('local', to)).leftBehind?.id as number;
      };
      const oldest = await leave('start');
      for (let n = 1; n < 50; n++) await leave('start');
      // After a restart a revert goes by the files, and the one too many is deleted meanwhile.
      await chains.restart('local', {});
      await leave('start');
      await chains.mine('local', 1);
      const back = await chains.revert('local', oldest);
      expect(back).toMatchObject({ how: 'restart', leftBehind: { automatic: true } });
      expect(Number(await rpc(rpcUrl as string)('eth_blockNumber'))).toBe(1);
      await chains.mine('local', 1);
      await chains.revert('local', 'start');
      // A change of the user's waits until what the revert left behind is written and the oldest gone.
      await chains.mine('local', 1);
      expect(chains.snapshots('local').filter((s) => s.automatic).length).toBeLessThanOrEqual(51);
    },
  );

  test('a fork keeps its block and its snapshots over restarts', async () => {
    const upstream = await setUp();
    const { rpcUrl } = await upstream.chains.start('local', {});
    await send(rpcUrl as string, 42);
    const networks: Network[] = [
      {
        name: 'forked',
        kind: 'fork',
        chainId: 31337,
        servedChainId: 735731337,
        url: `${rpcUrl}/?key=0123456789abcdef0123`,
        headers: {},
        forkBlock: null,
        port: null,
      },
    ];
    const fork = await setUp(undefined, networks);
    const started = await fork.chains.start('forked', {});
    expect(started).toMatchObject({ chainId: 735731337, forkBlock: 1 });
    const url = started.rpcUrl as string;
    expect(await balance(url)).toBe(42);
    await send(url, 1);
    await fork.chains.snapshot('forked', 'one');
    await send(url, 1);
    await send(rpcUrl as string, 1000);
    await fork.chains.stop('forked');
    expect(await fork.chains.start('forked', {})).toMatchObject({ forkBlock: 1 });
    expect(await balance(url)).toBe(44);
    await fork.chains.revert('forked', 'one');
    expect(await balance(url)).toBe(43);
    const { readdirSync } = await import('node:fs');
    const root = path.join(fork.home, 'chains', 'forked');
    for (const file of readdirSync(root, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const text = readFileSync(path.join(file.parentPath, file.name), 'latin1');
      expect([file.name, text.includes('0123456789abcdef0123')]).toEqual([file.name, false]);
    }
    const shown = await kind.visible(await fork.chains.get('forked'));
    expect(shown).not.toContain('0123456789abcdef0123');
  });

  testOnce(
    'a chain stays as it was created until it is created anew, and snapshots as they were',
    async () => {
      const { chains } = await setUp();
      const wish = { hardfork: 'cancun', chainId: 4242, accounts: 3, balance: 7 } as const;
      const started = await chains.start('local', wish);
      expect(started).toMatchObject({ chainId: 4242, creation: { ...wish, ownMnemonic: false } });
      expect(started.next?.hardfork).toMatch(/cancun/i);
      const call = rpc(started.rpcUrl as string);
      expect(Number(await call('eth_chainId'))).toBe(4242);
      expect(await call('eth_accounts')).toHaveLength(3);
      expect((await chains.accounts('local')).map(({ balance }) => balance)).toEqual(
        Array(3).fill(`7${'0'.repeat(18)}`),
      );
      await chains.snapshot('local', 'early');
      for (const change of ['start', 'restart'] as const) {
        await expect(chains[change]('local', { accounts: 4 })).rejects.toMatchObject({
          code: 'FRESH_NEEDED',
          data: {
            fix: {
              command: 'drydock chain restart local --accounts 4 --fresh',
              call: { input: { chain: 'local', fresh: true, accounts: 4 } },
            },
          },
        });
      }
      expect(await chains.get('local')).toMatchObject({ status: 'running', chainId: 4242 });
      expect(await chains.restart('local', { accounts: 3 })).toMatchObject({ creation: wish });

      const anew = { accounts: 4, hardfork: null, chainId: null, fresh: true };
      const other = await chains.restart('local', anew);
      expect(other).toMatchObject({
        ...{ chainId: 31337, differs: ['4 accounts', 'accounts with 7 ether'] },
        creation: { hardfork: null, chainId: null, accounts: 4, balance: 7 },
      });
      expect(await call('eth_accounts')).toHaveLength(4);
      await chains.revert('local', 'early');
      expect(await chains.get('local')).toMatchObject({ chainId: 4242, creation: wish });
      expect(await call('eth_accounts')).toHaveLength(3);
    },
  );

  test('a mnemonic of its own is sealed, reaches no process, and gives the accounts', async () => {
    const mnemonic = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
    const { chains, home } = await setUp();
    await expect(
      chains.start('local', { mnemonic: mnemonic.replace('yellow', 'thank') }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field: 'mnemonic' } });
    const asked = { mnemonic: ` ${mnemonic.toUpperCase()}\n`, accounts: 2, balance: 5 };
    const started = await chains.start('local', asked);
    expect(started.creation).toMatchObject({ accounts: 2, ownMnemonic: true });
    const first = mnemonicToAccount(mnemonic).address;
    const accounts = await chains.accounts('local');
    expect(accounts).toMatchObject([
      { index: 0, address: first, balance: `5${'0'.repeat(18)}` },
      { index: 1, address: mnemonicToAccount(mnemonic, { addressIndex: 1 }).address },
    ]);
    const call = rpc(started.rpcUrl as string);
    const pay = () => call('eth_sendTransaction', [{ from: first, to: TO, value: '0x1' }]);
    await pay();
    await chains.stop('local');
    // What it holds by now stays; a chain that is started again is told of its accounts again.
    await chains.start('local', {});
    const [{ balance: left } = { balance: '' }] = await chains.accounts('local');
    expect(BigInt(left)).toBeLessThan(5n * 10n ** 18n);
    await pay();
    await expect.poll(() => balance(started.rpcUrl as string)).toBe(2);

    expect(chains.mnemonic('local')).toEqual({ mnemonic, own: true });
    expect(chains.devAccounts('local')).toEqual({ mnemonic, count: 2 });
    const shown = await chains.get('local');
    expect(await kind.visible(shown)).not.toContain('sausage');
    expect(JSON.stringify(shown)).not.toContain('sausage');
    const error: AppError = await chains.start('local', { mnemonic: other }).catch((e) => e);
    expect(error.code).toBe('FRESH_NEEDED');
    await expect(
      chains.restart('local', { mnemonic: 'no mnemonic', fresh: true }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field: 'mnemonic' } });
    expect(await chains.get('local')).toMatchObject({ status: 'running' });
    expect(JSON.stringify([error.message, error.data])).not.toContain('zoo');
    const { readdirSync } = await import('node:fs');
    for (const file of readdirSync(home, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const text = readFileSync(path.join(file.parentPath, file.name), 'latin1');
      expect([file.name, text.includes('sausage')]).toEqual([file.name, false]);
    }
    const anew = await chains.restart('local', { mnemonic: null, fresh: true });
    expect(anew.creation).toMatchObject({ accounts: 2, ownMnemonic: false });
    expect(await chains.accounts('local')).toMatchObject([
      { address: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266' },
      { index: 1 },
    ]);
  });

  testOnce(
    'a fork begins where it is told: at a block, so many behind the newest, or by a date',
    async () => {
      const upstream = await setUp();
      const { rpcUrl } = await upstream.chains.start('local', {});
      const call = rpc(rpcUrl as string);
      const day = 86_400;
      const start = Math.floor(Date.now() / 1000) + day;
      // Blocks 1 to 12, one every day but for a gap.
      for (let n = 1; n <= 12; n++) {
        await call('evm_setNextBlockTimestamp', [start + (n < 9 ? n : n + 200) * day]);
        await call('evm_mine');
      }
      const fork = await setUp(undefined, [
        {
          ...{
            name: 'forked',
            kind: 'fork',
            chainId: 31337,
            servedChainId: 735731337,
            headers: {},
          },
          ...{ url: rpcUrl, forkBlock: null, port: null },
        },
      ]);
      const { chains } = fork;
      expect(await chains.start('forked', { forkBlock: -5 })).toMatchObject({ forkBlock: 7 });
      expect(await chains.upstream('forked')).toEqual({
        ...{ newest: 12, newestTime: start + 212 * day, behind: 5 },
      });
      await chains.snapshot('forked', 'early');
      await chains.mine('forked', 2);
      // It has no other state for what it has.
      expect(await chains.restart('forked', { forkBlock: 7 })).toMatchObject({ blockNumber: 9 });
      await expect(chains.start('forked', { forkBlock: 'latest' })).rejects.toMatchObject({
        code: 'CHAIN_BUSY',
        data: { fix: { call: { input: { chain: 'forked', forkBlock: 12 } } } },
      });
      const newest = await chains.restart('forked', { forkBlock: 'latest' });
      expect(newest).toMatchObject({ forkBlock: 12, blockNumber: 12 });
      expect(chains.snapshots('forked').map(({ name }) => name)).toEqual(['early']);
      await chains.revert('forked', 'early');
      expect(await chains.get('forked')).toMatchObject({ forkBlock: 7, blockNumber: 7 });

      const at = (seconds: number) => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
      for (const [time, block] of [
        [start + 3 * day, 3],
        [start + 4 * day - 1, 3],
        [start + 100 * day, 8],
        [start + 211 * day, 11],
      ] as const) {
        expect(await chains.restart('forked', { forkBlock: at(time) })).toMatchObject({
          forkBlock: block,
        });
      }
      for (const forkBlock of [13, -13, '2001-01-01', at(start + 300 * day)]) {
        await expect(chains.restart('forked', { forkBlock })).rejects.toMatchObject({
          ...{ code: 'BAD_INPUT', data: { field: 'forkBlock' } },
        });
      }
      expect(await chains.get('forked')).toMatchObject({ status: 'running', forkBlock: 11 });
      await expect(upstream.chains.restart('local', { forkBlock: 1 })).rejects.toMatchObject({
        ...{ code: 'BAD_INPUT', message: expect.stringContaining('forks nothing') },
      });
    },
  );

  test('a taken port is named together with its holder', async () => {
    const first = await setUp();
    const { port, ...holder } = await first.chains.start('local', {});
    const second = await setUp();
    const error: AppError = await second.chains
      .start('local', { port: port as number })
      .catch((e) => e);
    expect(error.code).toBe('PORT_TAKEN');
    expect(error.message).toMatch(kind.holder({ port, ...holder }));
    expect(error.data.fix?.command).toMatch(/^drydock chain start local --port \d+$/);
  });

  test('what was mined before a save survives a kill right after it', async () => {
    const { chains, home } = await setUp();
    const started = await chains.start('local', {});
    const { rpcUrl } = started;
    const state = path.join(home, 'chains', 'local', 'state.json');
    // anvil's own file is whole, and from before.
    await vi.waitFor(() => expect(existsSync(state)).toBe(true), 20_000);
    for (const ether of [6, 7]) {
      await send(rpcUrl as string, ether);
      const { savedAt } = await chains.save('local');
      expect((await chains.get('local')).savedAt).toBeGreaterThanOrEqual(savedAt);
    }
    await kind.kill(started);
    await vi.waitFor(
      async () => expect((await chains.get('local')).status).toBe('stopped'),
      20_000,
    );
    const again = await chains.start('local', {});
    expect(again).toMatchObject({ problem: null, blockNumber: 2 });
    expect(await balance(again.rpcUrl as string)).toBe(13);
  });

  testOnce('a save does not bring back what was reverted', async () => {
    const { chains } = await setUp();
    const started = await chains.start('local', {});
    const { rpcUrl } = started;
    await chains.snapshot('local', 'before');
    for (const ether of [6, 7]) await send(rpcUrl as string, ether);
    await chains.save('local');
    await chains.revert('local', 'before');
    await send(rpcUrl as string, 1);
    await chains.save('local');
    await kind.kill(started);
    await vi.waitFor(
      async () => expect((await chains.get('local')).status).toBe('stopped'),
      20_000,
    );
    const again = await chains.start('local', {});
    expect(await balance(again.rpcUrl as string)).toBe(1);
  });

  testOnce(
    'a damaged state is replaced by the last good one, or refused with a way out',
    async () => {
      const { chains, home } = await setUp();
      const { rpcUrl } = await chains.start('local', {});
      await send(rpcUrl as string, 6);
      await chains.stop('local');
      const state = path.join(home, 'chains', 'local', 'state.json');
      writeFileSync(state, readFileSync(state, 'utf8').slice(0, 500));
      const again = await chains.start('local', {});
      expect(again.problem).toContain('damaged');
      expect(await balance(rpcUrl as string)).toBe(6);
      await chains.stop('local');

      const { readdirSync } = await import('node:fs');
      const good = path.join(home, 'chains', 'local', 'good');
      for (const name of readdirSync(good)) writeFileSync(path.join(good, name), '{');
      writeFileSync(state, '{"block":');
      const refused: AppError = await chains.start('local', {}).catch((e) => e);
      expect(refused.code).toBe('STATE_CORRUPT');
      expect(refused.data.fix?.call?.input).toEqual({ chain: 'local', fresh: true });
      expect(await chains.start('local', { fresh: true })).toMatchObject({ blockNumber: 0 });
      expect(readFileSync(path.join(home, 'chains', 'local', 'state.aside.json'), 'utf8')).toBe(
        '{"block":',
      );
    },
  );

  testOnce.each([
    ['truncated', (text: string) => text.slice(0, 300)],
    ['no state of a chain', () => '{"accounts":{"0x1":"much"},"block":"none"}'],
    ['missing', undefined],
  ] as const)(
    'a snapshot whose file is %s is named, and the chain stays as it was',
    async (_, damage) => {
      const { chains, home } = await setUp();
      const url = (await chains.start('local', {})).rpcUrl as string;
      const broken = await chains.snapshot('local', 'early');
      const file = new ChainFolder(home, 'local', owner).snapshot(broken.id);
      await send(url, 7);
      await chains.restart('local', {});
      const text = readFileSync(file, 'utf8');
      if (damage) writeFileSync(file, damage(text));
      else rmSync(file);

      const error: AppError = await chains.revert('local', 'early').catch((e) => e);
      expect(error).toMatchObject({
        code: 'SNAPSHOT_DAMAGED',
        message: expect.stringContaining('"early" of local'),
        data: { fix: { call: { input: { chain: 'local', snapshot: broken.id } } } },
      });
      expect(await chains.get('local')).toMatchObject({
        status: 'running',
        blockNumber: 1,
        problem: null,
      });
      expect(await balance(url)).toBe(7);

      await chains.stop('local');
      await expect(chains.revert('local', 'early')).rejects.toMatchObject({ code: error.code });
      expect(await chains.get('local')).toMatchObject({ status: 'stopped', problem: null });
      expect(await chains.start('local', {})).toMatchObject({ blockNumber: 1, problem: null });
    },
  );

  testOnce('a dead upstream is named before anything is started', async () => {
    const dead = await freePort();
    const fork = await setUp(undefined, [
      {
        name: 'forked',
        kind: 'fork',
        chainId: 1,
        servedChainId: 73571,
        url: `http://127.0.0.1:${dead}/v2/secretsecretsecret1`,
        headers: {},
        forkBlock: null,
        port: null,
      },
    ]);
    const error: AppError = await fork.chains.start('forked', {}).catch((e) => e);
    expect(error.code).toBe('RPC_UNREACHABLE');
    expect(error.message).not.toContain('secretsecretsecret1');
  });

  testOnce('time and blocks move on demand', async () => {
    const { chains } = await setUp();
    await chains.start('local', {});
    expect((await chains.mine('local', 3)).blockNumber).toBe(3);
    const warped = await chains.warp('local', 86_400);
    expect(warped.blockNumber).toBe(4);
    expect(warped.clockDrift).toBeGreaterThan(86_300);
    const accounts = await chains.accounts('local');
    expect(accounts).toHaveLength(10);
    expect(accounts[0]?.balance).toBe('10000000000000000000000');
  });
}
