import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ArtifactReader } from '#main/features/artifacts/reader.ts';
import { type ArtifactsBench, openArtifacts } from '#test/harness/artifacts.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { writeArtifacts } from '#test/harness/generated-artifacts.ts';
import { seedRun } from '#test/harness/history.ts';
import { type Bench, type Chain, openBench, SENDER, startAnvil } from '../kinds/bench.ts';

/** Of ERC-20. */
const TRANSFER = '0xa9059cbb';
const TRANSFER_EVENT = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
const INSUFFICIENT_BALANCE = '0xe450d38c';

interface Creation {
  name: string | null;
  address: string;
  input: string;
}

describe('what forge has built and deployed', () => {
  let bench: Bench;
  let chain: Chain;
  let fixture: Fixture;
  let artifacts: ArtifactsBench;
  let project: number;
  const created = new Map<string, Creation>();

  beforeAll(async () => {
    bench = await openBench();
    chain = await startAnvil();
    fixture = await copyFixture('token-vault', { compiled: true });
    const script = 'script/Deploy.s.sol:Deploy';
    const run = await bench.deploy(bench.request(fixture.folder, script, 'run()', [], chain));
    const outcome = await run.plan.outcome();
    for (const one of outcome?.family === 'contracts' ? outcome.transactions : []) {
      if (
        one.kind !== 'create' ||
        one.address === null ||
        one.hash === null ||
        one.contractName === null
      )
        continue;
      const { input } = await chain.rpc<{ input: string }>('eth_getTransactionByHash', one.hash);
      created.set(one.contractName, { name: one.contractName, address: one.address, input });
    }
    artifacts = await openArtifacts();
    project = artifacts.add('vault', fixture.folder, 'foundry');
    await artifacts.service.fresh(project);
  });

  afterAll(async () => {
    await artifacts?.[Symbol.asyncDispose]();
    await fixture?.[Symbol.asyncDispose]();
    await chain?.[Symbol.asyncDispose]();
    await bench?.[Symbol.asyncDispose]();
  });

  const creation = (name: string): Creation => {
    const found = created.get(name);
    if (!found) throw new Error(`${name} was not deployed`);
    return found;
  };

  test('is found by what stands on the chain, linked and with its immutable values', async () => {
    for (const name of ['Token', 'Vault']) {
      const code = await chain.rpc<string>('eth_getCode', creation(name).address, 'latest');
      expect(artifacts.service.byRuntime(code)).toMatchObject({ name, source: `src/${name}.sol` });
    }
    expect(artifacts.service.byRuntime('0x6001')).toBeNull();
    expect(artifacts.service.byRuntime('0x')).toBeNull();
  });

  test('is found by what has created it, with its arguments', () => {
    const found = artifacts.service.byCreation(creation('Vault').input);
    expect(found).toMatchObject({ name: 'Vault' });
    const treasury = SENDER.slice(2).toLowerCase().padStart(64, '0');
    const token = creation('Token').address.slice(2).toLowerCase().padStart(64, '0');
    const fee = (30).toString(16).padStart(64, '0');
    expect(found?.constructorArguments).toBe(token + treasury + fee);
    expect(artifacts.service.byCreation(creation('Token').input)).toMatchObject({ name: 'Token' });
    expect(artifacts.service.byCreation('0x60')).toBeNull();
  });

  test('comes with all that looking into it needs', async () => {
    const [id] = artifacts.service.byName(project, 'Vault');
    const vault = artifacts.service.get(id ?? 0);
    expect(vault.compilation).toMatchObject({
      version: expect.stringMatching(/^0\.8\.\d+\+commit\./),
      optimizer: { enabled: false },
    });
    expect(vault.projects).toEqual([{ id: project, name: 'vault' }]);
    const own = vault.sources.find((source) => source.path === 'src/Vault.sol');
    expect(own?.text).toBe(await readFile(path.join(fixture.folder, 'src/Vault.sol'), 'utf8'));
    expect(vault.sources.every(({ text }) => text !== null)).toBe(true);
    // The first instruction of the constructor lies in the contract's own source.
    expect(vault.creationSourceMap).toMatch(new RegExp(`^\\d+:\\d+:${own?.id}:`));
    expect(vault.runtimeSourceMap).toMatch(new RegExp(`^\\d+:\\d+:${own?.id}:`));
  });

  test('is found by selector and topic, with those of interfaces', () => {
    const { functions, errors, events } = artifacts.service;
    expect(functions(TRANSFER)[0]).toMatchObject({ name: 'transfer', outputs: [{ type: 'bool' }] });
    expect(errors(INSUFFICIENT_BALANCE)[0]).toMatchObject({ name: 'ERC20InsufficientBalance' });
    expect(events(TRANSFER_EVENT)[0]).toMatchObject({ inputs: [{ indexed: true }, {}, {}] });
    expect(functions('0x00000000')).toEqual([]);
  });

  test('what was deployed stays known when the project is compiled anew', async () => {
    await using copy = await copyFixture('token-vault');
    await using other = await openArtifacts();
    await cp(fixture.folder, copy.folder, { recursive: true, preserveTimestamps: true });
    const id = other.add('vault', copy.folder, 'foundry');
    await other.service.fresh(id);
    const [before] = other.service.byName(id, 'Vault');
    const code = await chain.rpc<string>('eth_getCode', creation('Vault').address, 'latest');
    const source = path.join(copy.folder, 'src/Vault.sol');
    const text = await readFile(source, 'utf8');
    await writeFile(
      source,
      text.replace(
        'uint256 public exitFee;',
        'uint256 public exitFee;\n\n    function added() external pure returns (uint256) { return 1; }',
      ),
    );
    const script = 'script/Deploy.s.sol:Deploy';
    await bench.deploy(bench.request(copy.folder, script, 'run()', [], chain));
    await other.service.fresh(id);
    const [now] = other.service.byName(id, 'Vault');
    expect(now).not.toBe(before);
    expect(other.service.byRuntime(code)?.id).toBe(before);
    // As it was compiled, not as it stands in the folder now.
    const own = other.service.get(before ?? 0).sources.find((one) => one.path === 'src/Vault.sol');
    expect(own?.text).toBe(text);
  });
});

describe('the index', () => {
  const readsOf = (db: ArtifactsBench['db']) =>
    db.prepare<[], { n: number }>('SELECT count(*) AS n FROM artifact_files').get()?.n;

  test('reads only files that have changed, and forgets those that are gone', async () => {
    await using fixture = await copyFixture('token-vault', { compiled: true });
    const told: number[] = [];
    await using artifacts = await openArtifacts({ changed: (id) => told.push(id) });
    const { service, db } = artifacts;
    const project = artifacts.add('vault', fixture.folder, 'foundry');
    await service.fresh(project);
    expect(told).toEqual([project]);
    await service.fresh(project);
    expect(told).toEqual([project]);
    const all = readsOf(db);
    expect(all).toBeGreaterThan(20);

    // What isn't read again stays as it is, whatever it is.
    db.prepare("UPDATE artifacts SET name = name || '!' ").run();
    const out = (file: string) => path.join(fixture.folder, 'out', file);
    const token = await readFile(out('Token.sol/Token.json'), 'utf8');
    await writeFile(out('Token.sol/Token.json'), `${token} `);
    await rm(out('Vault.sol'), { recursive: true });
    await service.fresh(project);
    const names = (await service.list('vault')).map(({ name }) => name);
    expect(names).toContain('ERC20!');
    expect(names).not.toContain('Vault!');
    expect(readsOf(db)).toBe((all ?? 0) - 1);
    expect(told).toEqual([project, project]);
  });

  test('skips what is broken or hostile, and reads it once it is whole', async () => {
    await using fixture = await copyFixture('token-vault', { compiled: true });
    await using artifacts = await openArtifacts();
    const project = artifacts.add('vault', fixture.folder, 'foundry');
    const out = (file: string) => path.join(fixture.folder, 'out', file);
    const whole = await readFile(out('Token.sol/Token.json'), 'utf8');
    const { abi, ...rest } = JSON.parse(whole);
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const nested = '{"name":"x","type":"tuple","components":['.repeat(5000) + ']}'.repeat(5000);
    const tuples = `{"abi":[{"type":"function","name":"f","inputs":[${nested}]}]}`;
    await writeFile(out('Token.sol/Token.json'), whole.slice(0, 5000));
    await writeFile(out('Token.sol/Deep.json'), deep);
    await writeFile(
      out('Token.sol/Code.json'),
      JSON.stringify({ abi, bytecode: { object: '0x60zz' } }),
    );
    await writeFile(out('Token.sol/Nested.json'), tuples);
    await writeFile(
      out('Token.sol/Odd.json'),
      JSON.stringify({
        abi: [null, 1, { type: 'function', name: 'f', inputs: [{ type: 'nonsense(' }] }, ...abi],
        ...rest,
      }),
    );
    await artifacts.service.fresh(project);
    const names = (await artifacts.service.list('vault')).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Vault', 'Odd']));
    for (const broken of ['Token', 'Deep', 'Code']) expect(names).not.toContain(broken);
    const [odd] = artifacts.service.byName(project, 'Odd');
    expect(artifacts.service.get(odd ?? 0).abi.length).toBeGreaterThanOrEqual(abi.length);
    expect(artifacts.service.functions(TRANSFER)[0]).toMatchObject({ name: 'transfer' });

    await writeFile(out('Token.sol/Token.json'), whole);
    // A build ends with its cache.
    await writeFile(path.join(fixture.folder, 'cache/solidity-files-cache.json'), '{}');
    await artifacts.service.fresh(project);
    expect(artifacts.service.byName(project, 'Token')).toHaveLength(1);
  });

  test('goes on after it was killed in the middle', async () => {
    await using fixture = await copyFixture('token-vault', { compiled: true });
    await using artifacts = await openArtifacts();
    const project = artifacts.add('vault', fixture.folder, 'foundry');
    const file = path.resolve('test/harness/index-artifacts.ts');
    const child = spawn(process.execPath, ['--no-warnings', file, artifacts.home, `${project}`]);
    const ended = once(child, 'exit');
    const read = () => readsOf(artifacts.db);
    await expect.poll(read, { interval: 1, timeout: 30_000 }).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await ended;
    await artifacts.service.fresh(project);
    expect(artifacts.service.byName(project, 'Vault')).toHaveLength(1);
    expect(artifacts.service.functions(TRANSFER)).not.toEqual([]);
    expect(artifacts.db.pragma('foreign_key_check')).toEqual([]);

    // A later core looks at files alone: no process of its own could read.
    const warned: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line) => void warned.push(line) });
    const later = artifacts.another({ heapMb: 1, logger });
    await later.fresh(project);
    expect(warned).toEqual([]);
    await writeFile(path.join(fixture.folder, 'cache/solidity-files-cache.json'), '{}');
    await later.fresh(project);
    expect(warned).toHaveLength(1);
    await later.close();
  });

  test('says of a compiler that takes more than its process has that it does', async () => {
    await using fixture = await copyFixture('token-vault', { compiled: true });
    const folder = { path: fixture.folder, kind: 'foundry', trusted: true };
    const reader = new ArtifactReader(1);
    try {
      await expect(
        reader.compile(folder, 'out/Token.sol/Token.json', {
          outputs: ['storageLayout'],
          as: 'same',
        }),
      ).resolves.toMatchObject({ problem: expect.stringContaining('more memory than 1 MiB') });
    } finally {
      reader.close();
    }
  });

  test('leaves out a file that is too much for its process', async () => {
    await using fixture = await copyFixture('token-vault', { compiled: true });
    await using artifacts = await openArtifacts({ heapMb: 64 });
    const project = artifacts.add('vault', fixture.folder, 'foundry');
    const huge = path.join(fixture.folder, 'out/ERC20.sol/Huge.json');
    await writeFile(huge, `{"abi":[${'{"a":[]},'.repeat(4_000_000)}{}]}`);
    await artifacts.service.fresh(project);
    const names = (await artifacts.service.list('vault')).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['ERC20', 'Token', 'Vault']));
    expect(names).not.toContain('Huge');
  });

  test('reads nothing through a link out of a folder that is not trusted', async () => {
    await using inside = await copyFixture('token-vault');
    await using outside = await copyFixture('token-vault', { compiled: true });
    let isTrusted = false;
    await symlink(path.join(outside.folder, 'out'), path.join(inside.folder, 'out'));
    await using artifacts = await openArtifacts({ isTrusted: () => isTrusted });
    artifacts.add('vault', inside.folder, 'foundry');
    expect(await artifacts.service.list('vault')).toEqual([]);
    isTrusted = true;
    expect(await artifacts.service.list('vault')).not.toEqual([]);
  });

  test('forgets what no file has any more, but not what a recorded run has deployed', async () => {
    await using fixture = await copyFixture('token-vault', { compiled: true });
    const keep = { goneMs: 0, mostBytes: 10_000_000 };
    await using artifacts = await openArtifacts({ keep });
    const { service, db } = artifacts;
    const project = artifacts.add('vault', fixture.folder, 'foundry');
    const contracts = [{ name: 'Token', address: '0x1' }];
    seedRun(db, project, { live: true, contracts });
    await service.fresh(project);
    // A run that has compiled nothing.
    const run = seedRun(db, project, { contracts: [{ name: 'FeeMath', address: '0x2' }] });
    service.ran(project);
    const deployed = db.prepare('SELECT 1 FROM artifact_deployments WHERE deployment_id = ?');
    await expect.poll(() => deployed.all(run)).toHaveLength(1);
    const [token] = service.byName(project, 'Token');
    const [vault] = service.byName(project, 'Vault');
    const [library] = service.byName(project, 'FeeMath');
    await rm(path.join(fixture.folder, 'out'), { recursive: true });
    await service.fresh(project);
    expect(await service.list('vault')).toEqual([]);
    expect(service.get(token ?? 0)).toMatchObject({ name: 'Token', projects: [] });
    expect(service.get(library ?? 0)).toMatchObject({ name: 'FeeMath', projects: [] });
    expect(() => service.get(vault ?? 0)).toThrow('There is no artifact');
    const entries = db.prepare<[], { entry: string }>('SELECT entry FROM artifact_entries').all();
    expect(entries.filter(({ entry }) => entry.includes('setExitFee'))).toEqual([]);
    expect(entries.filter(({ entry }) => entry.includes('"transfer"'))).toHaveLength(1);

    // The room that there is comes before what was deployed.
    keep.mostBytes = 0;
    await mkdir(path.join(fixture.folder, 'out'));
    await service.fresh(project);
    expect(() => service.get(token ?? 0)).toThrow('There is no artifact');
    expect(db.prepare('SELECT count(*) AS n FROM artifact_sources').get()).toEqual({ n: 0 });
  });

  test('takes in a large project whole', async () => {
    await using folder = await temporaryFolder();
    await writeArtifacts(folder.path, 300);
    await using artifacts = await openArtifacts();
    const project = artifacts.add('many', folder.path, 'foundry');
    expect(await artifacts.service.list('many')).toHaveLength(300);
    for (const name of ['C0', 'C150', 'C299']) {
      const [id] = artifacts.service.byName(project, name);
      const { runtimeCode, creationCode } = artifacts.service.get(id ?? 0);
      expect(artifacts.service.byRuntime(runtimeCode)?.id).toBe(id);
      const found = artifacts.service.byCreation(`0x${creationCode}00ff`);
      expect(found).toMatchObject({ id, constructorArguments: '00ff' });
    }
  });

  test('reads every profile', async () => {
    await using fixture = await copyFixture('token-vault', { compiled: true });
    const file = (name: string) => path.join(fixture.folder, name);
    await mkdir(file('built/fast'), { recursive: true });
    await cp(file('out/Token.sol'), file('built/fast/Token.sol'), { recursive: true });
    const toml = await readFile(file('foundry.toml'), 'utf8');
    await writeFile(file('foundry.toml'), `${toml}\n[profile.fast]\nout = "built/fast"\n`);
    await using artifacts = await openArtifacts();
    artifacts.add('vault', fixture.folder, 'foundry');
    const found = (await artifacts.service.list('vault')).filter(({ name }) => name === 'Token');
    expect(found.map((one) => one.path)).toEqual([
      'built/fast/Token.sol/Token.json',
      'out/Token.sol/Token.json',
    ]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(1);
  });

  test('two projects with a contract of the same name', async () => {
    await using one = await copyFixture('token-vault', { compiled: true });
    await using two = await copyFixture('pair-factory', { compiled: true });
    await cp(
      path.join(two.folder, 'out/Coin.sol/Coin.json'),
      path.join(two.folder, 'out/Coin.sol/Token.json'),
    );
    await using artifacts = await openArtifacts();
    const { service } = artifacts;
    const vault = artifacts.add('vault', one.folder, 'foundry');
    const pair = artifacts.add('pair.v2', two.folder, 'foundry');
    await service.fresh();
    const [a] = service.byName(vault, 'Token');
    const [b] = service.byName(pair, 'Token');
    expect(a).not.toBe(b);
    expect((await service.detail('vault.Token')).id).toBe(a);
    expect((await service.detail('pair.v2.Token')).id).toBe(b);
    await expect(service.detail('Token')).rejects.toThrow(
      /several contracts "Token": (pair\.v2|vault)\.Token from \S+ \(\d+\), (pair\.v2|vault)\.Token/,
    );
    await expect(service.detail('vault.Nothing')).rejects.toMatchObject({
      code: 'ARTIFACT_NOT_FOUND',
    });

    const token = service.get(a ?? 0).runtimeCode;
    artifacts.db.prepare('DELETE FROM projects WHERE id = ?').run(vault);
    // Its code may still be on a chain.
    expect(service.byRuntime(token)?.id).toBe(a);
    expect((await service.detail('Token')).id).toBe(b);
  });
});
