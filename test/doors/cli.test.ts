import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { main } from '#main/doors/cli/main.ts';
import { containerCommands } from '#main/features/containers/cli.ts';
import { dateTime } from '#main/kit/date-time.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { seedProject, seedRun } from '#test/harness/history.ts';

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
  return { code, stdout: texts.stdout, stderr: stripVTControlCharacters(texts.stderr) };
}

test.each([
  ['settings set bogus 1', "key can't be 'bogus'. Give one of theme,", 'settings set'],
  ['settings set concurrentRuns 99', 'concurrentRuns: give at most 32.', 'settings set'],
  ['settings set concurrentRuns abc', 'concurrentRuns: give a number.', 'settings set'],
  ['settings set theme pink', 'theme: give one of system, dark, light.', 'settings set'],
  ['chain warp local', 'Give a time: drydock chain warp local 1h.', 'chain warp'],
  ['chain fund local', 'Give an address and an amount:', 'chain fund'],
  ['chain fund local 0xzz 1', 'address: give an address, 0x and 40 hex digits.', 'chain fund'],
  ['chain mine local abc', "blocks can't be 'abc'. Give a whole number.", 'chain mine'],
  ['chain start --port x', "--port can't be 'x'. Give a whole number.", 'chain start'],
  ['chain start --port', '--port needs a value: --port <port>.', 'chain start'],
  ['deploy vault', 'Give --network <name>.', 'deploy'],
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

test('the settings say which variable comes before them', async () => {
  const { stdout, stderr } = await drydock('settings list --json');
  expect(JSON.parse(stdout).engine).toBe('auto');
  expect(stderr).toContain('DRYDOCK_ENGINE=process comes before the setting engine');
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

test('colours of other programs go only where colours are', async () => {
  const file = pathToFileURL(path.resolve('src/main/kit/cli.ts'));
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
