import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { resource } from '#main/lib/app-root.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';
import { skipAloud } from '#test/harness/skip.ts';

const cli = path.resolve(import.meta.dirname, '../../out/main/cli.js');
/** What a shell would run if it evaluated a name. */
const name = "it's $(touch pwned) `touch pwned` two";

type Folder = Awaited<ReturnType<typeof temporaryFolder>>;
let folder: Folder;
let home: string;
let work: string;
let bin: string;
/** File of what the last command was given, one word a line. */
let words: string;

const env = () => ({
  ...process.env,
  PATH: `${bin}${path.delimiter}${process.env.PATH}`,
  DRYDOCK_HOME: home,
  DRYDOCK_ENGINE: 'process',
  TERM: 'xterm',
});

function drydock(args: string[], more: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args], {
    ...{ cwd: work, env: { ...env(), ...more }, encoding: 'utf8' },
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

/** What is suggested for the last of the words. */
const suggested = (...words: string[]) =>
  drydock(['complete', '--', ...words])
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t')[0]);

beforeAll(async () => {
  folder = await temporaryFolder();
  const root = await realpath(folder.path);
  [home = '', work = '', bin = ''] = ['home', 'work', 'bin'].map((one) => path.join(root, one));
  words = path.join(root, 'words');
  for (const one of [bin, path.join(work, name, 'script'), path.join(work, 'notes')]) {
    await mkdir(one, { recursive: true });
  }
  await writeFile(path.join(work, name, 'foundry.toml'), '');
  // Keeps the words that it gets, so that a test sees what a shell has made of a line.
  const program = path.join(bin, 'drydock');
  await writeFile(
    program,
    `#!/bin/sh
case $1 in complete|completion) exec '${process.execPath}' '${cli}' "$@" ;; esac
printf '%s\\n' "$@" > '${words}.new' && mv '${words}.new' '${words}'
`,
  );
  await chmod(program, 0o755);
  drydock(['project', 'add', path.join(work, name)]);
});
afterAll(() => folder?.[Symbol.asyncDispose]());

test('commands, their options and what these can be are suggested', () => {
  expect(suggested('depl')).toEqual(['values', 'deploy', 'deployment']);
  expect(suggested('chain', 'snap')).toEqual(['values', 'snapshot', 'snapshots']);
  expect(suggested('chain', 'start', '--har')).toEqual(['values', '--hardfork']);
  expect(suggested('deployment', 'list', '--status', 'f')).toEqual(['values', 'failed']);
  expect(suggested('deployment', 'list', '--status=f')).toEqual(['values', '--status=failed']);
  expect(suggested('project', 'engine', 'x', 'd')).toEqual(['values', 'docker']);
  expect(suggested('project', 'list', '--js')).toEqual(['values', '--json']);
  expect(suggested('')).not.toContain('complete');
  expect(suggested('chain', 'diff', '--', '--')).toEqual(['values']);
  expect(suggested('no', 'such', 'thing')).toEqual(['values']);
});

test('names that the data folder holds are suggested', () => {
  expect(suggested('deploy', '')).toEqual(['values', name]);
  expect(suggested('deploy', 'x', '--network', 'loc')).toEqual(['values', 'local']);
  expect(suggested('deploy', 'x', '--target=loc')).toEqual(['values', '--target=local']);
  expect(suggested('chain', 'stop', 'loc')).toEqual(['values', 'local']);
  expect(suggested('network', 'show', 'loc')).toEqual(['values', 'local']);
  expect(suggested('network', 'add', 'loc')).toEqual(['values']);
  expect(suggested('project', 'add', '')).toEqual(['paths']);
});

test('a data folder is not made, and one that is unusable suggests nothing', async () => {
  const none = path.join(work, 'none');
  expect(drydock(['complete', '--', 'deploy', ''], { DRYDOCK_HOME: none })).toBe('values\n');
  expect(await realpath(none).catch(() => 'absent')).toBe('absent');
  const broken = path.join(home, 'broken');
  await mkdir(broken);
  await writeFile(path.join(broken, 'drydock.db'), 'no database');
  expect(drydock(['complete', '--', 'deploy', ''], { DRYDOCK_HOME: broken })).toBe('values\n');
});

test('names of the snapshots of the chain in the line are suggested, the newest first', async () => {
  const start = ['chain', 'start', 'local', '--port', `${await freePort()}`];
  drydock(start);
  onTestFinished(() => void drydock(['chain', 'stop', 'local']));
  for (const one of ['before it', 'between']) drydock(['chain', 'snapshot', 'local', one]);
  expect(suggested('chain', 'revert', 'local', 'be')).toEqual(['values', 'between', 'before it']);
  expect(suggested('chain', 'revert', 'local', '--to=bet')).toEqual(['values', '--to=between']);
  expect(suggested('chain', 'diff', 'local', 'bef')).toEqual(['values', 'before it']);
  expect(suggested('chain', 'remove-snapshot', 'local', 'bef')).toEqual(['values', 'before it']);
  expect(suggested('chain', 'revert', 'none', 'be')).toEqual(['values']);
  expect(suggested('chain', 'mine', 'local', 'be')).toEqual(['values']);
});

/** What bash 3.2, which macOS has, doesn't know of what later ones do. */
const notInBash32 = [
  /\b(declare|local|typeset)\s+-[a-zA-Z]*[Anglu]/,
  /\b(mapfile|readarray|coproc)\b/,
  /\$\{[^}]*(,,?|\^\^?|@[A-Za-z])\}/,
  /\[-\d+\]/,
  /;;?&|\|&|&>>/,
  /\[\[\s+-[vR]\b/,
  /\bprintf\s+-v\s+\S+\[/,
  /%\(.*\)T/,
  /\$'[^']*\\[uU]/,
  /\b(globstar|lastpipe|EPOCHSECONDS|BASH_ARGV0)\b/,
];

test('the script for bash has nothing that bash 3.2 lacks', async () => {
  const script = await readFile(resource('completion', 'drydock.bash'), 'utf8');
  const code = script.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  for (const newer of notInBash32) {
    expect(code.filter((line) => newer.test(line))).toEqual([]);
  }
});

const startUps = {
  bash: {
    program: 'bash',
    args: ['--norc', '--noprofile'],
    begin: 'source <(drydock completion bash)',
  },
  // As near to 3.2 as a later one comes, which reads nothing with `source` from `<(…)`.
  'bash --posix without its later builtins': {
    program: 'bash',
    args: ['--norc', '--noprofile', '--posix'],
    begin: 'enable -n compopt mapfile readarray; eval "$(drydock completion bash)"',
  },
  zsh: {
    program: 'zsh',
    args: ['-f'],
    begin: 'autoload -Uz compinit; compinit -u -D; source <(drydock completion zsh)',
  },
  fish: {
    program: 'fish',
    args: ['--no-config'],
    begin: 'drydock completion fish | source',
  },
};

/** A shell in a terminal, which has loaded its completions. */
async function startShell(shell: keyof typeof startUps) {
  const { program, args, begin } = startUps[shell];
  const terminal = spawn(program, [...args, '-i'], { cols: 300, rows: 50, cwd: work, env: env() });
  let printed = '';
  terminal.onData((text) => {
    printed += text;
  });
  onTestFinished(() => terminal.kill('SIGKILL'));
  const shown = () => stripVTControlCharacters(printed).replaceAll('\r', '');
  const until = (text: string) =>
    vi.waitFor(() => expect(shown()).toContain(text), { timeout: 60_000, interval: 20 });
  // In two parts, so that what is typed is not taken for what is printed.
  terminal.write(`${begin}; echo rea""dy\r`);
  await until('ready');
  /** Types a line, completes it and runs it. Returns the words that came of it. */
  return async (line: string) => {
    await rm(words, { force: true });
    terminal.write(`${line}\t`);
    terminal.write('\r');
    const text = await vi.waitFor(() => readFile(words, 'utf8'), { timeout: 60_000, interval: 20 });
    return text.split('\n').slice(0, -1);
  };
}

const runs = (program: string) => spawnSync(program, ['-c', 'true']).status === 0;

const shells = Object.keys(startUps) as (keyof typeof startUps)[];

describe.each(shells)('in %s', (shell) => {
  const missing =
    process.platform === 'win32' || !runs(startUps[shell].program)
      ? `${shell} is not installed.`
      : null;
  test.skipIf(skipAloud(`completions in ${shell}`, missing))(
    'the Tab key completes commands, values, names and paths, and runs nothing of them',
    { timeout: 240_000 },
    async () => {
      const complete = await startShell(shell);
      expect(await complete('drydock chain snapshots loc')).toEqual([
        'chain',
        'snapshots',
        'local',
      ]);
      expect(await complete('drydock deployment list --status=fai')).toEqual([
        ...['deployment', 'list', '--status=failed'],
      ]);
      expect(await complete('drydock deploy it')).toEqual(['deploy', name]);
      // zsh takes the slash away again.
      const added = await complete('drydock project add not');
      expect(added.join(' ')).toMatch(/^project add notes\/?$/);
      expect(await realpath(path.join(work, 'pwned')).catch(() => 'absent')).toBe('absent');
    },
  );
});
