import { execFile } from 'node:child_process';
import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { main } from '#main/doors/cli/main.ts';
import { containerCommands } from '#main/features/containers/cli.ts';
import { checksStore } from '#main/features/upgrades/checks-store.ts';
import type { CheckedUpgrade } from '#main/features/upgrades/contract.ts';
import { dateTime } from '#main/shared/date-time.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { seedProject, seedRun } from '#test/harness/history.ts';
import { freePort } from '#test/harness/ports.ts';

let home: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  home = await temporaryFolder();
});
afterAll(() => home?.[Symbol.asyncDispose]());
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Runs a command line on the data folder of this file. */
async function drydock(line: string) {
  vi.stubEnv('DRYDOCK_HOME', home.path);
  vi.stubEnv('DRYDOCK_ENGINE', 'process');
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      texts[name] += text;
      return true;
    });
  }
  const code = await main(line.split(' '));
  vi.restoreAllMocks();
  const { stdout, stderr: raw } = texts;
  return { code, stdout, raw, stderr: stripVTControlCharacters(raw) };
}

test.each([
  ['deploy vault', 'target: is missing.'],
  [
    'deploy vault --trust --network local --from 0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
    'from: the checksum of 0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266 is wrong',
  ],
])('"%s" of a project that is there is refused in plain words', async (line, words) => {
  await using vault = await copyFixture('token-vault');
  expect((await drydock(`project add ${vault.folder} --name vault`)).code).toBe(0);
  try {
    const { code, stderr } = await drydock(line);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe('  try: drydock deploy --help');
  } finally {
    await drydock('project remove vault');
  }
});

test('defaults of a project for a network are kept, listed and removed', async () => {
  await using vault = await copyFixture('token-vault');
  await drydock(`project add ${vault.folder} --name vault`);
  try {
    expect((await drydock('project defaults vault')).stdout).toContain('Nothing is kept.');
    expect((await drydock('project defaults vault --from 2')).stdout).toMatch(
      /All deploys begin with:\nfrom +2/,
    );
    const wrong = await drydock('project defaults vault --network local --script none.sol');
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('none.sol') });
    const { stdout: kept } = await drydock(
      'project defaults vault --network local --from 1 --json',
    );
    expect(JSON.parse(kept)).toEqual({ target: 'local', input: { from: '1' } });
    expect((await drydock('project defaults vault')).stdout).toMatch(
      /to local begin with:\nfrom +1/,
    );
    const { stdout } = await drydock('project defaults vault --network local --remove');
    expect(stdout).toContain('Deploys to local begin as usual again.');
    const { stdout: all } = await drydock('project defaults vault --remove');
    expect(all).toContain('All deploys begin as usual again.');
    const { stdout: left } = await drydock('project defaults vault --json');
    expect(JSON.parse(left)).toEqual([]);
  } finally {
    await drydock('project remove vault');
  }
});

test('a snapshot is renamed, noted and pinned, and refused in words', async () => {
  await drydock(`chain start local --port ${await freePort()}`);
  try {
    await drydock('chain snapshot local one');
    await drydock('chain snapshot local two');
    const renamed = await drydock('chain rename-snapshot local one seeded');
    expect(renamed.stdout).toMatch(/^Snapshot "seeded" of local \(id \d+\)\n$/);
    const noted = await drydock('chain note-snapshot local seeded Two tokens and an owner.');
    expect(noted.stdout).toContain('; note: Two tokens and an owner.');
    expect((await drydock('chain pin-snapshot local seeded')).stdout).toContain('; pinned; note:');
    const { stdout: listed } = await drydock('chain snapshots local');
    expect(listed).toMatch(/seeded \(pinned\).*Two tokens and an owner\./);
    await drydock('chain mine local 2');
    const { stdout: shown } = await drydock('chain show local');
    expect(shown).toMatch(/snapshot +2 blocks after "two"/);

    const taken = await drydock('chain rename-snapshot local two seeded');
    expect(taken).toMatchObject({ code: 1, stdout: '' });
    expect(taken.stderr).toContain('local has a snapshot called "seeded". Choose another name');
    expect(taken.stderr).toContain('drydock chain snapshots local');
    const nowhere = await drydock('chain pin-snapshot local nowhere');
    expect(nowhere.stderr).toContain('local has no snapshot "nowhere".');
    const unpinned = await drydock('chain pin-snapshot local seeded --off --json');
    expect(JSON.parse(unpinned.stdout)).toMatchObject({ name: 'seeded', pinned: false });
  } finally {
    await drydock('chain stop local');
  }
});

test('the ABI of a compiled contract is printed as JSON', async () => {
  await using vault = await copyFixture('token-vault', { compiled: true });
  await drydock(`project add ${vault.folder} --name vault`);
  try {
    for (const line of ['contract abi vault.Token', 'contract abi Token --json']) {
      const { code, stdout } = await drydock(line);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toContainEqual(
        expect.objectContaining({ type: 'function', name: 'transfer' }),
      );
    }
    const { code, stderr } = await drydock('contract abi vault.Nothing');
    expect(code).toBe(2);
    expect(stderr).toContain('No contract "Nothing" is known of vault.');
  } finally {
    await drydock('project remove vault');
  }
});

test.each([
  ['settings set bogus 1', 'There is no setting "bogus". Give one of theme,', 'settings set'],
  ['settings set concurrentRuns 99', 'concurrentRuns: give at most 32.', 'settings set'],
  ['settings set concurrentRuns abc', 'concurrentRuns: give a number.', 'settings set'],
  ['settings set theme pink', 'theme: give one of system, dark, light.', 'settings set'],
  ['chain warp local', 'Give a time: drydock chain warp local 1h.', 'chain warp'],
  ['chain fund local', 'Give an address and an amount:', 'chain fund'],
  ['chain fund local 0xzz 1', 'address: give an address, 0x and 40 hex digits.', 'chain fund'],
  [
    'chain fund local 0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266 1',
    'if it is right give 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266.',
    'chain fund',
  ],
  ['chain mine local abc', "blocks can't be 'abc'. Give a whole number.", 'chain mine'],
  ['chain start --port x', "--port can't be 'x'. Give a whole number.", 'chain start'],
  ['chain start --port', '--port needs a value: --port <port>.', 'chain start'],
  ['deployment show', 'Give <id>.', 'deployment show'],
  ['deployment list --status x', "--status can't be 'x'. Give one of queued,", 'deployment list'],
  ['deploy  --network local', 'project: must not be empty.', 'deploy'],
  ['chain frob', "unknown command 'frob'", 'chain'],
])('"%s" is refused in plain words, and says where help is', async (line, words, command) => {
  const { code, stdout, stderr } = await drydock(line);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(words);
  expect(stderr.trimEnd().split('\n').at(-1)).toBe(`  try: drydock ${command} --help`);
  const json = await drydock(`${line} --json`);
  expect(json.code).toBe(2);
  expect(JSON.parse(json.stdout).error.data.fix.command).toBe(`drydock ${command} --help`);
});

test('a group without a command prints its own help, and nothing on stdout', async () => {
  for (const line of ['settings', 'cache --json']) {
    const { code, stdout, stderr } = await drydock(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`Usage: drydock ${line.split(' ')[0]} `);
  }
  expect((await drydock('--bogus')).stderr).toContain('try: drydock --help');
});

test('a folder that is a project already keeps its name, and the answer says so', async () => {
  await using fixture = await copyFixture('token-vault');
  const first = await drydock(`project add ${fixture.folder} --name once`);
  expect(first.stdout).toContain('Added once (foundry)');
  const again = await drydock(`project add ${fixture.folder} --name twice`);
  expect(again.stdout).toContain(`${fixture.folder} is there already, as once.`);
});

test.skipIf(process.platform === 'win32')('names of files command no terminal', async () => {
  await using folder = await temporaryFolder();
  const project = path.join(folder.path, 'x\x1b]0;title\x07');
  const script = 'E\x1b[2J\u202e\x9b2J.s.sol';
  await mkdir(path.join(project, 'script'), { recursive: true });
  await writeFile(path.join(project, 'foundry.toml'), '');
  await writeFile(path.join(project, 'script', script), 'contract E { function run() public {} }');
  const said = [
    await drydock(`project add ${project} --name named`),
    await drydock('project show named'),
    await drydock('project scripts named'),
    await drydock('deploy named --network local'),
    await drydock(`project add ${folder.path}`),
    await drydock('project scripts named --json'),
  ];
  await drydock('project remove named');
  const all = said.map(({ stdout, raw }) => stdout + raw).join('');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours may stand there
  expect(all.replaceAll(/\x1b\[\d*m|\n/g, '')).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(said[1]?.stdout).toContain('E\\u001b[2J\\u202e\\u009b2J.s.sol:E');
  expect(JSON.parse(said[5]?.stdout ?? '').entries[0].group).toBe(`script/${script}`);
});

test('a folder that is not trusted is not deployed, and the hint says how to trust it', async () => {
  await using fixture = await copyFixture('broken', { compiled: true });
  await drydock(`project add ${fixture.folder} --name strange`);
  const deploy = 'deploy strange --network local --script script/None.s.sol';
  const refused = await drydock(`${deploy} --json`);
  expect(refused.code).toBe(2);
  expect(JSON.parse(refused.stdout).error.code).toBe('NOT_TRUSTED');
  expect(refused.stderr).toContain('runs as you, outside of a container');
  expect(refused.stderr.trimEnd().split('\n').at(-1)).toBe('  try: drydock project trust strange');
  expect((await drydock('project trusted')).stdout).toContain('No folder is trusted');

  const trusted = await drydock(`${deploy} --trust --json`);
  expect(JSON.parse(trusted.stdout).error.code).toBe('SCRIPT_NOT_FOUND');
  expect((await drydock('project show strange')).stdout).toContain(`trusted  ${fixture.folder}`);
  expect((await drydock('project untrust strange')).stdout).toContain('is trusted no more');
  expect((await drydock('project trust strange')).stdout).toContain(`Trusted ${fixture.folder}:`);
  const parent = path.dirname(fixture.folder);
  const wide = await drydock(`project trust --parent ${parent}`);
  expect({ code: wide.code, said: wide.stderr }).toMatchObject({
    code: 2,
    said: expect.stringContaining('holds your home folder'),
  });
  expect((await drydock('project trust')).stderr).toContain('Give a project, or a folder');
});

test('on a terminal the question is asked, and a yes is enough', async () => {
  await using fixture = await copyFixture('broken', { compiled: true });
  await drydock(`project add ${fixture.folder} --name asked`);
  expect(await answering('n')).toMatchObject({ code: 2, text: expect.stringContaining('try:') });
  expect(await answering('y')).toMatchObject({ code: 2, text: expect.stringContaining('None.s') });
  expect((await drydock('project show asked')).stdout).toContain(`trusted  ${fixture.folder}`);
});

/** Deploys on a terminal, where a person answers the question. */
function answering(answer: string): Promise<{ code: number; text: string }> {
  const cli = path.resolve('out/main/cli.js');
  const words = ['deploy', 'asked', '--network', 'local', '--script', 'script/None.s.sol'];
  const shell = spawn(process.execPath, [cli, ...words], {
    env: { ...process.env, DRYDOCK_HOME: home.path, DRYDOCK_ENGINE: 'process' },
    cols: 400,
  });
  let text = '';
  shell.onData((data) => {
    if (!text.includes('[y/N]') && (text + data).includes('[y/N]')) shell.write(`${answer}\r`);
    text += data;
  });
  return new Promise((resolve) =>
    shell.onExit(({ exitCode }) => resolve({ code: exitCode, text })),
  );
}

test('the list finds what was reverted, and counts it', async () => {
  await drydock('settings list');
  const db = openDb(home.path);
  const project = seedProject(db, 'listed');
  seedRun(db, project, { live: true });
  seedRun(db, project, { live: false, status: 'failed' });
  const reverted = [1, 2].map(() => seedRun(db, project, { live: false }));
  db.close();
  const { stdout } = await drydock('deployment list --status reverted --limit 1 --json');
  const found = JSON.parse(stdout) as { items: { id: number }[]; total: number };
  expect(found).toMatchObject({ total: 2, items: [{ id: reverted[1] }] });
  const history = JSON.parse((await drydock('history --status reverted --json')).stdout);
  expect(history).toMatchObject({ count: { n: 2 }, items: [{ id: reverted[1] }, {}] });
  const all = JSON.parse((await drydock('deployment list --status succeeded --json')).stdout);
  expect(all.total).toBe(3);
});

test('what was found of the upgrades of a run is printed, as text and as JSON', async () => {
  const address = `0x${'1'.repeat(40)}`;
  const checked: CheckedUpgrade = {
    ...{ network: 'local', proxy: { address, kind: 'uups', admin: null } },
    from: { name: 'Counter', artifact: null, address },
    to: { name: 'Shifted', artifact: null, address: null },
    ...{ verdict: 'unsafe', allowed: true },
    findings: [
      { level: 'error', topic: 'storage', message: 'Inserted `keeper`.', detail: '> New\n> line' },
    ],
    replay: { calls: 0, same: 0, different: [], missing: 0 },
  };
  const db = openDb(home.path);
  const project = seedProject(db, 'upgraded');
  const [with_, without] = [seedRun(db, project), seedRun(db, project)];
  checksStore(db).add(with_, checked);
  db.close();
  const { code, stdout } = await drydock(`deployment upgrades ${with_}`);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /Unsafe: do not upgrade[\s\S]*error \(storage\): Inserted[\s\S]* {2}> line[\s\S]*allowed all the same/,
  );
  const json = await drydock(`deployment upgrades ${with_} --json`);
  expect(JSON.parse(json.stdout)).toEqual([checked]);
  expect(await drydock(`deployment upgrades ${without}`)).toMatchObject({
    ...{ code: 0, stdout: expect.stringContaining('No upgrade of a proxy was found') },
  });
  expect(await drydock('deployment upgrades 999999')).toMatchObject({
    ...{ code: 2, stderr: expect.stringContaining('There is no deployment 999999') },
  });
  for (const line of ['deployment upgrades', 'deployment upgrades x']) {
    expect(await drydock(line)).toMatchObject({ code: 2, stdout: '' });
  }
});

test('the settings say which variable comes before them', async () => {
  const { stdout, stderr } = await drydock('settings list --json');
  expect(JSON.parse(stdout).engine).toBe('auto');
  expect(stderr).toContain('DRYDOCK_ENGINE=process comes before the setting engine');
});

test('settings tell what decides them, go back to their defaults, and go to another machine', async () => {
  await drydock('settings set concurrentRuns 7');
  const { stdout } = await drydock('settings list');
  expect(stdout).toMatch(/^concurrentRuns +7 +4 +here *$/m);
  expect(stdout).toMatch(/^engine +auto +auto +DRYDOCK_ENGINE=process *$/m);
  const file = path.join(home.path, 'exported.json');
  expect((await drydock(`settings export --out ${file}`)).code).toBe(0);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ concurrentRuns: 7 });
  expect((await drydock('settings reset concurrentRuns')).stdout).toMatch(/concurrentRuns +4/);
  expect((await drydock(`settings import ${file}`)).stdout).toMatch(/concurrentRuns +7/);
  await drydock('settings reset concurrentRuns');
});

test('until when it is quiet goes to no other machine, and comes from none', async () => {
  await drydock('settings set quietUntil 99');
  expect(JSON.parse((await drydock('settings export')).stdout)).toEqual({});
  const file = path.join(home.path, 'older.json');
  await writeFile(file, '{"concurrentRuns":7,"quietUntil":5}');
  const { stdout } = await drydock(`settings import ${file} --json`);
  expect(JSON.parse(stdout)).toMatchObject({ concurrentRuns: 7, quietUntil: 99 });
  await drydock('settings reset concurrentRuns');
  await drydock('settings reset quietUntil');
});

test('a file with settings of which one is refused changes nothing', async () => {
  const file = path.join(home.path, 'wrong.json');
  for (const text of ['{"concurrentRuns":7,"bogus":1}', '{"concurrentRuns":7,"theme":"pink"}']) {
    await writeFile(file, text);
    expect((await drydock(`settings import ${file}`)).code).toBe(2);
  }
  await writeFile(file, '[1]');
  expect((await drydock(`settings import ${file}`)).stderr).toContain('no file with settings');
  expect((await drydock(`settings import ${file}.none`)).code).toBe(2);
  expect(JSON.parse((await drydock('settings list --json')).stdout).concurrentRuns).toBe(4);
});

test('times are year first, without a word of any language', () => {
  expect(dateTime(new Date(2026, 10, 21, 18, 2, 57).getTime())).toBe('2026-11-21 18:02:57');
});

test('a container that has written nothing is said to have', async () => {
  const said: string[] = [];
  const printed: unknown[] = [];
  const logs = async () => (async function* () {})();
  const cli = {
    signal: new AbortController().signal,
    say: (text: string) => said.push(text),
    stream: async (work: (client: object) => Promise<AsyncIterable<string[]>>) => {
      for await (const lines of await work({ logs })) printed.push(lines);
    },
  };
  const program = new Command();
  containerCommands(program, cli as unknown as Parameters<typeof containerCommands>[1]);
  await program.parseAsync(['container', 'logs', 'vault'], { from: 'user' });
  expect({ said, printed }).toEqual({ said: ['vault has written nothing.'], printed: [] });
});

test('a pipe gets no colours, in a CI either', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.resolve('out/main/cli.js'), 'settings', 'list'],
    {
      env: {
        ...process.env,
        DRYDOCK_HOME: home.path,
        CI: 'true',
        FORCE_COLOR: undefined,
        NO_COLOR: undefined,
      },
    },
  );
  expect(stdout).not.toBe('');
  expect(stripVTControlCharacters(stdout)).toBe(stdout);
});

test('colours of other programs go only where colours are', async () => {
  const file = pathToFileURL(path.resolve('src/main/lib/cli/cli.ts'));
  const code = `import { plain } from '${file}'; console.log(plain('\\u001b[31mred\\u001b[39m'));`;
  const said = async (env: Record<string, string>) => {
    const flags = ['--no-warnings', '--experimental-strip-types', '--input-type=module'];
    const options = { env: { PATH: process.env.PATH, ...env } };
    return (await promisify(execFile)(process.execPath, [...flags, '-e', code], options)).stdout;
  };
  expect(await said({})).toBe('red\n');
  expect(await said({ FORCE_COLOR: '1' })).toContain('\u001b[31m');
  expect(await said({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe('red\n');
});

test('a folder whose projects lie one or two levels down: they are named, with the commands', async () => {
  await using temporary = await temporaryFolder();
  const folder = await realpath(temporary.path);
  for (const name of [
    'contracts',
    'packages/foundry',
    'lib/forge-std',
    'a/b/too-deep',
    '.hidden',
  ]) {
    await mkdir(path.join(folder, name), { recursive: true });
    await writeFile(path.join(folder, name, 'foundry.toml'), '');
  }
  const { code, stderr } = await drydock(`project add ${folder}`);
  expect(code).toBe(2);
  expect(stderr).toContain('There are projects in contracts, packages/foundry.');
  expect(stderr.match(/try: .*/g)).toEqual([
    `try: drydock project add ${folder}/contracts`,
    `try: drydock project add ${folder}/packages/foundry`,
  ]);
  const { stdout } = await drydock(`project add ${folder} --json`);
  expect(JSON.parse(stdout).error.data).toMatchObject({
    fix: {
      label: 'Add contracts',
      call: { procedure: 'projects.add', input: { path: path.join(folder, 'contracts') } },
    },
    otherFixes: [{ label: 'Add packages/foundry' }],
  });
  expect((await drydock(`project add ${folder}/packages/foundry`)).code).toBe(0);
  await writeFile(path.join(folder, 'foundry.toml'), '');
  expect((await drydock(`project add ${folder}`)).code).toBe(0);
});

test('a contract is deployed without a script, by either command', async () => {
  await using vault = await copyFixture('token-vault', { compiled: true });
  await drydock(`project add ${vault.folder} --name lone`);
  const holder = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
  const deploy = `contract deploy lone.Token --trust --arg Harbour --arg HBR --arg ${holder} --arg 1000ether --json`;
  const { code, stdout } = await drydock(deploy);
  expect(code, stdout).toBe(0);
  const run = JSON.parse(stdout);
  expect(run).toMatchObject({
    status: 'succeeded',
    input: { script: 'src/Token.sol:Token' },
    contracts: [{ name: 'Token', verified: true }],
  });
  const token = run.contracts[0].address;
  const args = `--arg ${token} --arg ${holder} --arg 100`;
  const vaults = await drydock(`deploy lone --network local --contract Vault ${args}`);
  expect(vaults.code, vaults.stdout + vaults.stderr).toBe(0);
  expect(vaults.stdout).toContain('$ forge build src/Vault.sol');
  expect(vaults.stdout).toMatch(/FeeMath at 0x\w+: transaction 0x\w+\nVault at 0x/);
  const list = await drydock('contract list --project lone --json');
  const names = JSON.parse(list.stdout).contracts.map((one: { name: string }) => one.name);
  expect(names.sort()).toEqual(['FeeMath', 'Token', 'Vault']);

  const wrong = await drydock('contract deploy Token --project lone --arg Harbour');
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('takes 4 arguments, but 1 was given');
  const both = 'deploy lone --network local --contract Token --script script/Deploy.s.sol';
  expect((await drydock(both)).stderr).toContain('contract is another name of script');
  expect((await drydock('contract deploy No --project lone')).code).toBe(2);
  await drydock('chain stop local');
}, 120_000);
