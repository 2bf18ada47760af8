import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import type { JournalEvent } from '#main/shared/run.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Asked, asked } from '#test/harness/asked.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture, type Fixture, type FixtureName } from '#test/harness/fixture.ts';
import { killChain } from '#test/harness/kill-chain.ts';
import { made } from '#test/harness/made.ts';
import { testOf } from '#test/harness/on-either-engine.ts';

const testOnce = testOf(process.env.DRYDOCK_ENGINE ?? '');

let core: TestApp;
let client: Client;
const fixtures: Fixture[] = [];
const projects = {} as Record<FixtureName, number>;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  for (const name of ['token-vault', 'pair-factory', 'upgradeable', 'broken', 'unusual'] as const) {
    const fixture = await copyFixture(name, { git: true, compiled: name !== 'unusual' });
    fixtures.push(fixture);
    projects[name] = (await client.projects.add({ path: fixture.folder, name })).id;
  }
}, 120_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  for (const fixture of fixtures) await fixture[Symbol.asyncDispose]();
});

async function events(id: number, after = 0): Promise<JournalEvent[]> {
  const all: JournalEvent[] = [];
  for await (const batch of await client.deployments.watch({ id, after })) all.push(...batch);
  return all;
}

async function deploy(request: Asked): Promise<DeploymentDetail> {
  const { id } = await client.deployments.start(asked(request));
  await events(id);
  return client.deployments.get({ id });
}

async function localRpc() {
  return rpc((await client.chains.get({ chain: 'local' })).rpcUrl as string);
}

const code = async (address: string) =>
  (await localRpc())<string>('eth_getCode', [address, 'latest']);

test('a deploy records contracts, hashes and phases, and says what it ran', async () => {
  await using fixture = await copyFixture('token-vault', { git: true });
  const { id: project } = await client.projects.add({ path: fixture.folder, name: 'first' });
  const { status } = await client.chains.get({ chain: 'local' });
  if (status === 'running') await client.chains.stop({ chain: 'local' });
  await client.chains.start({ chain: 'local', fresh: true });
  await client.compileCache.clear();
  const d = await deploy({ project });
  expect(d.failure).toBeNull();
  expect(d).toMatchObject({
    number: 1,
    status: 'succeeded',
    live: true,
    summary: { chainId: 31337 },
    branch: 'main',
    dirty: 0,
  });
  expect(made(d).contracts.map((c) => c.name)).toEqual(['FeeMath', 'Token', 'Vault']);
  expect(d.phases.map((p) => p.status)).toEqual(Array(6).fill('done'));
  const n = made(d).transactions.length;
  expect(made(d).transactionCounts).toEqual({ planned: n, sent: n, mined: n });
  expect(d.command).toContain("forge script script/Deploy.s.sol:Deploy --sig 'run()'");
  expect(d.commit).toMatch(/^[0-9a-f]{40}$/);
  const call = await localRpc();
  for (const t of made(d).transactions) {
    const onChain = await call<{ from: string; nonce: string }>('eth_getTransactionByHash', [
      t.hash,
    ]);
    expect(onChain.from.toLowerCase()).toBe(t.from.toLowerCase());
    expect(Number(onChain.nonce)).toBe(t.nonce);
    expect(t).toMatchObject({ verified: true, status: 'success' });
  }
  for (const c of made(d).contracts) expect(await code(c.address)).not.toBe('0x');
}, 120_000);

testOnce(
  'a contract without a script is compiled where its project is deployed, and sent from here',
  async () => {
    const holder = '0x000000000000000000000000000000000000dEaD';
    const d = await deploy({
      ...{ project: projects['token-vault'], script: 'src/Token.sol:Token' },
      ...{ sig: 'constructor', args: ['Harbour', 'HBR', holder, '1ether'] },
    });
    expect(d.failure).toBeNull();
    expect(d.command).toBe('forge build src/Token.sol');
    expect(made(d).contracts.map((c) => [c.name, c.verified])).toEqual([['Token', true]]);
  },
  120_000,
);

testOnce('the journal replays without gaps, also in pieces', async () => {
  const { id } = await deploy({ project: projects['token-vault'] });
  const whole = await events(id);
  expect(whole.map((e) => e.seq)).toEqual(whole.map((_, i) => i + 1));
  expect(whole.at(-1)).toMatchObject({ type: 'status', status: 'succeeded' });
  const pieces: JournalEvent[] = [];
  for (let after = 0; ; ) {
    const before = after;
    for await (const batch of await client.deployments.watch({ id, after, limit: 7 })) {
      expect(batch.length).toBeLessThanOrEqual(7);
      pieces.push(...batch);
      after = batch.at(-1)?.seq as number;
    }
    if (after === before) break;
  }
  expect(pieces).toEqual(whole);
  expect(await events(id, whole.length - 2)).toEqual(whole.slice(-2));
});

testOnce(
  'a factory shows the contracts that it created, with the compiler that they need',
  async () => {
    const d = await deploy({ project: projects['pair-factory'] });
    expect(d.failure).toBeNull();
    const nested = made(d).contracts.filter((c) => c.nested);
    expect(nested.map((c) => c.name)).toEqual(['UniswapV2Pair']);
    expect(await code(nested[0]?.address as string)).not.toBe('0x');
  },
  120_000,
);

test('a proxy deployed by one script is upgraded by another; CREATE2 has its own kind', async () => {
  const first = await deploy({ project: projects.upgradeable });
  expect(first.failure).toBeNull();
  expect(made(first).transactions.some((t) => t.kind === 'create2')).toBe(true);
  const proxy = made(first).contracts.find((c) => c.name === 'ERC1967Proxy')?.address as string;
  const second = await deploy({
    project: projects.upgradeable,
    script: 'script/Upgrade.s.sol',
    sig: 'run(address)',
    args: [proxy],
  });
  expect(second.failure).toBeNull();
  expect(made(second).transactions.map((t) => t.kind)).toEqual(['create', 'call']);
}, 120_000);

test('revert takes the last deployment back and going forward brings it back', async () => {
  const kept = await deploy({ project: projects['token-vault'] });
  const taken = await deploy({ project: projects['token-vault'] });
  const address = made(taken).contracts[0]?.address as string;
  const back = await client.chains.revert({ chain: 'local' });
  expect(back.gone.map((g) => g.id)).toEqual([taken.id]);
  expect(await code(address)).toBe('0x');
  expect(await code(made(kept).contracts[0]?.address as string)).not.toBe('0x');
  expect((await client.deployments.get({ id: taken.id })).live).toBe(false);
  expect((await client.deployments.get({ id: kept.id })).live).toBe(true);
  const forward = await client.chains.revert({ chain: 'local', snapshot: back.leftBehind?.id });
  expect(forward.back.map((g) => g.id)).toEqual([taken.id]);
  expect(await code(address)).not.toBe('0x');
  expect((await client.deployments.get({ id: taken.id })).live).toBe(true);
});

testOnce('another sender can be used, by index and by any address', async () => {
  const call = await localRpc();
  const accounts = await call<string[]>('eth_accounts');
  const byIndex = await deploy({
    project: projects.upgradeable,
    sig: 'run(uint256,bytes32)',
    args: ['1', `0x${'11'.repeat(32)}`],
    from: '3',
  });
  expect(byIndex.failure).toBeNull();
  expect(made(byIndex).sender?.toLowerCase()).toBe(accounts[3]);
  const stranger = '0x00000000000000000000000000000000DeaDBeef';
  await client.chains.fund({ chain: 'local', address: stranger, ether: '5' });
  const byAddress = await deploy({
    project: projects.upgradeable,
    sig: 'run(uint256,bytes32)',
    args: ['1', `0x${'22'.repeat(32)}`],
    from: stranger,
  });
  expect(byAddress.failure).toBeNull();
  expect(made(byAddress).transactions[0]?.from.toLowerCase()).toBe(stranger.toLowerCase());
});

testOnce.each([
  ['script/CompileError.s.sol', undefined, 'COMPILE_ERROR', /undeclared/i],
  ['script/Reverts.s.sol', 'run()', 'SCRIPT_REVERTED', /the tide is out/],
  ['script/MissingEnv.s.sol', undefined, 'ENV_MISSING', /DRYDOCK_FIXTURE_COUNT/],
])(
  '%s fails with its cause, and keeps its log',
  async (script, sig, expected, shown) => {
    const before = await client.chains.snapshots({ chain: 'local' });
    const d = await deploy({ project: projects.broken, script, sig });
    expect(d.status).toBe('failed');
    // It sent nothing, so there is nothing to go back from.
    expect(d.snapshot).toBeNull();
    expect(await client.chains.snapshots({ chain: 'local' })).toEqual(before);
    expect(d.failure?.code).toBe(expected);
    expect(d.failure?.message).toMatch(/\.$/);
    const line = (await events(d.id)).find((e) => e.seq === d.failure?.seq);
    expect(line?.type).toBe('log');
    const log = (await events(d.id)).flatMap((e) => (e.type === 'log' ? [e.text] : [])).join('\n');
    expect(log).toMatch(shown);
    expect(made(d).contracts).toEqual([]);
  },
  120_000,
);

testOnce('a script that sends nothing succeeds with a warning', async () => {
  const d = await deploy({ project: projects.broken, script: 'script/NoBroadcast.s.sol' });
  expect(d.status).toBe('succeeded');
  expect(d.warnings.join()).toContain('Nothing was sent');
});

testOnce('a call to an address without code succeeds with a warning that names it', async () => {
  const to = '0x00000000000000000000000000000000000bad00';
  const d = await deploy({
    project: projects.broken,
    script: 'script/NoCode.s.sol',
    sig: 'run(address)',
    args: [to],
  });
  expect(d.status).toBe('succeeded');
  expect(d.warnings.join()).toMatch(/calls 0x0{35}bad00, where there is no contract/i);
});

testOnce.each([
  [{ script: 'script/Nope.s.sol' }, 'SCRIPT_NOT_FOUND'],
  [{ script: 'script/Many.s.sol', sig: 'run(uint256)', args: ['many'] }, 'BAD_ARGUMENT'],
  [{ script: 'script/Many.s.sol', sig: 'run(uint256)', args: [] }, 'BAD_ARGUMENT'],
  [{ script: 'script/Many.s.sol', sig: 'nope()' }, 'SCRIPT_NOT_FOUND'],
  [{ target: 'nowhere' }, 'NETWORK_NOT_FOUND'],
  [{ from: '0x12' }, 'BAD_INPUT'],
])('%j is refused before anything runs', async (input, expected) => {
  const refused = client.deployments.start(asked({ project: projects.broken, ...input }));
  await expect(refused).rejects.toMatchObject({ code: expected, defined: true });
});

test('what forge runs is deployed, however unusual', async () => {
  const project = projects.unusual;
  const { entries } = await client.projects.choices({ project });
  const offered = entries.filter((one) => one.leftOut === undefined && one.problem === undefined);
  expect(offered.map(({ value }) => value)).toEqual([
    'script/Look.s.sol:Look',
    'script/Ship.s.sol:Ship',
    'script/Deploy.sol:Deploy',
    'src/Box.sol:Box',
  ]);
  const { path: folder } = await client.projects.get({ project });
  const requests: Partial<Asked>[] = [
    {},
    { script: 'script/Look.s.sol' },
    { script: 'script/Ship.s.sol:Ship', sig: 'run((uint256,string))', args: ['(7,"a, b")'] },
    { script: 'script/HelperConfig.s.sol:HelperConfig', sig: 'makeBox(uint256)', args: ['3'] },
    { script: path.join(folder, 'checks/Extra.sol') },
  ];
  const landed = [];
  for (const request of requests) {
    const run = await deploy({ project, ...request });
    const names = made(run).contracts.map(({ name }) => name);
    landed.push([run.status, run.failure?.message ?? null, names]);
  }
  const box = ['succeeded', null, ['Box']];
  expect(landed).toEqual([box, ['succeeded', null, []], box, box, box]);
  await expect(
    client.deployments.start({ project, target: 'local', input: { script: '../Extra.sol' } }),
  ).rejects.toMatchObject({
    code: 'SCRIPT_NOT_FOUND',
    message: expect.stringContaining('outside'),
  });
}, 180_000);

test('cancelling ends every process and keeps what reached the chain', async () => {
  const { id } = await client.deployments.start({
    project: projects.broken,
    target: 'local',
    input: { script: 'script/Many.s.sol', sig: 'run(uint256)', args: ['600'] },
  });
  for await (const batch of await client.deployments.watch({ id })) {
    const sent = batch.some(
      (e) =>
        e.type === 'result' &&
        e.result.family === 'contracts' &&
        e.result.transactions.some((t) => t.status === 'success'),
    );
    if (sent) break;
  }
  const cancelled = await client.deployments.cancel({ id });
  expect(cancelled.status).toBe('cancelled');
  const d = await client.deployments.get({ id });
  const landed = made(d).transactions.filter((t) => t.status === 'success');
  expect(landed.length).toBeGreaterThan(0);
  expect(landed.length).toBeLessThan(600);
  expect(landed.every((t) => t.verified)).toBe(true);
  expect(processesIn(fixtures[3]?.folder as string)).toEqual([]);
}, 120_000);

test('a killed anvil ends the run with the reason, and the state is there again', async () => {
  const before = await client.chains.snapshot({ chain: 'local', name: 'before the kill' });
  const { id } = await client.deployments.start({
    project: projects.broken,
    target: 'local',
    input: { script: 'script/Many.s.sol', sig: 'run(uint256)', args: ['600'] },
  });
  for await (const batch of await client.deployments.watch({ id })) {
    if (batch.some((e) => e.type === 'phase' && e.phase === 'broadcast')) break;
  }
  await killChain(await client.chains.get({ chain: 'local' }));
  await events(id);
  const d = await client.deployments.get({ id });
  expect(d.status).toBe('failed');
  expect(d.failure?.code).toBe('CHAIN_ENDED');
  expect(d.failure?.fix?.call).toEqual({ procedure: 'chains.start', input: { chain: 'local' } });
  const chain = await client.chains.get({ chain: 'local' });
  expect(chain).toMatchObject({ status: 'stopped' });
  await client.chains.revert({ chain: 'local', snapshot: before.id });
  const again = await deploy({ project: projects['token-vault'] });
  expect(again.failure).toBeNull();
}, 120_000);

test('secrets of a remote network reach neither the log nor the database', async () => {
  const chain = await client.chains.get({ chain: 'local' });
  const secret = 'sk0123456789abcdefsecret';
  await client.networks.save({
    name: 'elsewhere',
    kind: 'remote',
    url: `${chain.rpcUrl}/?key=${secret}`,
    chainId: 31337,
  });
  const accounts = await client.chains.accounts({ chain: 'local' });
  const d = await deploy({
    project: projects.upgradeable,
    target: 'elsewhere',
    sig: 'run(uint256,bytes32)',
    args: ['1', `0x${'33'.repeat(32)}`],
    from: accounts[0]?.address,
  });
  expect(d.failure).toBeNull();
  expect(d.command).not.toContain(secret);
  expect(JSON.stringify(await events(d.id))).not.toContain(secret);
  const files = readdirSync(core.home).filter((name) => name.startsWith('drydock.db'));
  for (const file of files) {
    const text = readFileSync(path.join(core.home, file), 'latin1');
    expect([file, text.includes(secret)]).toEqual([file, false]);
  }
});

testOnce(
  'a remote with another chain id, or none at all, is refused before anything is sent',
  async () => {
    const { rpcUrl } = await client.chains.get({ chain: 'local' });
    await client.networks.save({
      name: 'wrong-id',
      kind: 'remote',
      url: rpcUrl as string,
      chainId: 5,
    });
    const wrong = await deploy({ project: projects.upgradeable, target: 'wrong-id' });
    expect(wrong.failure).toMatchObject({ code: 'CHAIN_ID_MISMATCH' });
    await client.networks.save({
      name: 'down',
      kind: 'remote',
      url: 'http://127.0.0.1:9',
      chainId: 5,
    });
    const down = await deploy({ project: projects.upgradeable, target: 'down' });
    expect(down.failure).toMatchObject({ code: 'RPC_UNREACHABLE' });
    expect(made(down).transactions).toEqual([]);
  },
);

testOnce('a project whose folder is gone keeps its history and says so', async () => {
  const fixture = await copyFixture('broken', { compiled: true });
  const { id } = await client.projects.add({ path: fixture.folder, name: 'leaving' });
  await fixture[Symbol.asyncDispose]();
  expect((await client.projects.get({ project: id })).missing).toBe(true);
  const refused = client.deployments.start({ project: id, target: 'local' });
  await expect(refused).rejects.toMatchObject({ code: 'FOLDER_NOT_FOUND' });
  await client.projects.remove({ project: id });
});

testOnce('two deployments of one project run one after the other', async () => {
  const input = { project: projects['token-vault'], target: 'local' };
  const [a, b] = await Promise.all([
    client.deployments.start(input),
    client.deployments.start(input),
  ]);
  await Promise.all([events(a.id), events(b.id)]);
  const both = await Promise.all([a, b].map(({ id }) => client.deployments.get({ id })));
  const [first, second] = both.sort((one, other) => one.number - other.number);
  expect([first?.status, second?.status]).toEqual(['succeeded', 'succeeded']);
  expect(second?.startedAt).toBeGreaterThanOrEqual(first?.endedAt as number);
  expect(second?.number).toBe((first?.number as number) + 1);
});

testOnce('a queued run is cancelled at once, without having run', async () => {
  const input = { project: projects['token-vault'], target: 'local' };
  const first = await client.deployments.start(input);
  const second = await client.deployments.start(input);
  expect((await client.deployments.cancel({ id: second.id })).status).toBe('cancelled');
  expect(await events(second.id)).toHaveLength(2);
  await events(first.id);
  await vi.waitFor(async () => expect((await client.deployments.queue()).running).toEqual([]));
  expect((await client.deployments.get({ id: second.id })).startedAt).toBeNull();
});

testOnce('a file saved since the commit is told', async () => {
  writeFileSync(path.join(fixtures[2]?.folder as string, 'notes.txt'), 'changed');
  expect((await client.projects.git({ project: projects.upgradeable }))?.dirty).toBe(1);
});

/** Processes that work in a folder. */
function processesIn(folder: string): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        return execFileSync('readlink', [`/proc/${pid}/cwd`], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        }).startsWith(folder);
      } catch {
        return false;
      }
    });
}
