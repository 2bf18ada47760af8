import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { keccak256 } from 'viem';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { made } from '#test/harness/made.ts';

let core: TestApp;
let client: Client;
let fixture: Fixture;
let first: DeploymentDetail;
let second: DeploymentDetail;

const git = (...args: string[]) =>
  execFileSync(
    'git',
    [
      ...['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'],
      ...args,
    ],
    { cwd: fixture.folder, encoding: 'utf8' },
  );

async function deploy(): Promise<DeploymentDetail> {
  const { id } = await client.deployments.start({ project: 'vault', target: 'local' });
  for await (const batch of await client.deployments.watch({ id })) void batch;
  return client.deployments.get({ id });
}

/** Everything that ended is recorded and indexed before a search answers. */
const settle = () => client.history.search({ text: 'anything' });

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  fixture = await copyFixture('token-vault', { git: true });
  await client.projects.add({ path: fixture.folder, name: 'vault' });
  first = await deploy();
  await settle();
  const file = path.join(fixture.folder, 'src/Vault.sol');
  const source = await readFile(file, 'utf8');
  const last = source.lastIndexOf('}');
  await writeFile(
    file,
    `${source.slice(0, last)}\n    function version() external pure returns (uint256) {\n        return 2;\n    }\n}\n`,
  );
  git('commit', '--quiet', '--all', '--message=Give the vault a version');
  second = await deploy();
  await settle();
}, 180_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

test('compares two deployments: code, addresses, gas, compiler, commits', async () => {
  expect([first.failure, second.failure]).toEqual([null, null]);
  const diff = await client.history.diff({ a: first.id, b: second.id });
  const changes = Object.fromEntries(diff.contracts.map((c) => [c.name, c.changes]));
  expect(changes.Vault).toEqual(expect.arrayContaining(['address', 'code', 'gas']));
  expect(changes.Token).not.toContain('code');
  // A library of the first run is used again.
  expect(changes.FeeMath).toEqual(['removed']);
  const vault = diff.contracts.find((c) => c.name === 'Vault');
  const chain = await client.chains.get({ chain: 'local' });
  const code = await rpc(chain.rpcUrl as string)<`0x${string}`>('eth_getCode', [
    vault?.b?.address,
    'latest',
  ]);
  expect(vault?.b?.code).toMatchObject({ hash: keccak256(code), bytes: (code.length - 2) / 2 });
  expect(vault?.b?.codeFrom).toBe('recorded at the end of the run');
  expect(vault?.b?.code?.compiler).toMatch(/^solc 0\.8\.\d+$/);
  expect(vault?.b?.arguments?.length).toBeGreaterThan(0);
  expect(diff.commits).toMatchObject({
    a: first.commit,
    b: second.commit,
    added: [{ commit: second.commit, subject: 'Give the vault a version' }],
    removed: [],
    problem: null,
  });
  expect(diff.same).toBe(false);
  const back = await client.history.diff({ a: second.id, b: first.id });
  expect(back.commits).toMatchObject({ added: [], removed: diff.commits.added });
  expect(await client.history.diff({ a: first.id, b: first.id })).toMatchObject({ same: true });
});

test('says which commit is missing', async () => {
  const repository = path.join(fixture.folder, '.git');
  await cp(repository, `${repository}.whole`, { recursive: true });
  onTestFinished(async () => {
    await rm(repository, { recursive: true });
    await rename(`${repository}.whole`, repository);
  });
  git('checkout', '--quiet', '--orphan', 'other');
  git('commit', '--quiet', '--message=Elsewhere');
  git('branch', '--quiet', '-D', 'main');
  git('reflog', 'expire', '--expire=now', '--all');
  git('gc', '--quiet', '--prune=now');
  const { commits } = await client.history.diff({ a: first.id, b: second.id });
  expect(commits.problem).toContain(`${first.commit?.slice(0, 7)} and`);
  expect(commits.problem).toContain('not in the repository any more');
  expect(commits.added).toEqual([]);
});

test('finds a contract, a hash and an address of a real log', async () => {
  const vault = made(second).contracts.find((c) => c.name === 'Vault');
  for (const text of ['vaul', `${vault?.transactionHash}`, `${vault?.address.slice(0, 12)}`]) {
    const { hits } = await client.history.search({ text });
    expect(
      hits.map((hit) => hit.deployment.id),
      text,
    ).toContain(second.id);
  }
  const { hits } = await client.history.search({ text: `${vault?.transactionHash}` });
  expect(hits).toHaveLength(1);
  const compiled = (await client.history.search({ text: 'compiling solc' })).hits[0];
  const events = await client.deployments.logs({
    id: second.id,
    after: (compiled?.seq as number) - 1,
    limit: 1,
  });
  expect(events[0]).toMatchObject({ type: 'log', text: expect.stringContaining('with Solc') });
});

test('exports addresses for front ends, of one and of all that is live', async () => {
  const one = await client.history.export({ id: second.id, format: 'addresses' });
  const expected = Object.fromEntries(made(second).contracts.map((c) => [c.name, c.address]));
  expect(JSON.parse(one.text)).toEqual({ 31337: expected });
  const all = await client.history.exportLive({ network: 'local' });
  const book = JSON.parse(all.text)[31337];
  const vaults = [first, second].map(
    (d) => made(d).contracts.find((c) => c.name === 'Vault')?.address,
  );
  expect([book.Vault, book.Vault_2]).toEqual(vaults);

  const folder = await mkdtemp(path.join(os.tmpdir(), 'drydock-export-'));
  const ts = await client.history.export({ id: second.id, format: 'ts' });
  const file = path.join(folder, 'addresses.ts');
  await writeFile(file, ts.text);
  const { addresses } = await import(file);
  expect(addresses).toEqual({ 31337: expected });
  const env = await client.history.export({ id: second.id, format: 'env' });
  expect(env.text).toContain('CHAIN_ID=31337\n');
  expect(env.text).toContain(`VAULT_ADDRESS=${expected.Vault}\n`);
  const whole = JSON.parse((await client.history.export({ id: second.id, format: 'json' })).text);
  expect(whole).toMatchObject({ id: second.id, result: second.result });
  expect(Object.keys(whole.code)).toHaveLength(made(second).contracts.length);
  const csv = await client.history.export({ id: second.id, format: 'csv' });
  expect(csv.text.split('\r\n')).toHaveLength(made(second).contracts.length + 2);
  await expect(client.history.exportLive({ network: 'no such' })).rejects.toMatchObject({
    code: 'NETWORK_NOT_FOUND',
  });
});

test('asks the chain what is there: all, nothing after a revert, another at its address', async () => {
  expect(await client.history.live({ id: second.id })).toMatchObject({
    live: 'all',
    problem: null,
  });
  const { leftBehind } = await client.chains.revert({
    chain: 'local',
    snapshot: second.snapshot?.id,
  });
  onTestFinished(async () => {
    await client.chains.start({ chain: 'local' });
    await client.chains.revert({ chain: 'local', snapshot: leftBehind?.id });
  });
  const gone = await client.history.live({ id: second.id });
  expect(gone.live).toBe('none');
  expect(gone.contracts.every((c) => c.present === false)).toBe(true);
  expect((await client.history.live({ id: first.id })).live).toBe('all');
  // What was recorded stays known, though nobody can ask the chain any more.
  const diff = await client.history.diff({ a: first.id, b: second.id });
  expect(diff.contracts.find((c) => c.name === 'Vault')?.changes).toContain('code');

  const call = rpc((await client.chains.get({ chain: 'local' })).rpcUrl as string);
  const vault = made(second).contracts.find((c) => c.name === 'Vault');
  await call('anvil_setCode', [vault?.address, '0x6001600101']);
  const other = await client.history.live({ id: second.id });
  expect(other.live).toBe('none');
  expect(other.contracts.find((c) => c.address === vault?.address)).toMatchObject({
    present: true,
    sameCode: false,
  });

  await client.chains.stop({ chain: 'local' });
  const unknown = await client.history.live({ id: second.id });
  expect(unknown).toMatchObject({ live: 'unknown' });
  expect(unknown.problem).toContain('drydock chain start local');
});
