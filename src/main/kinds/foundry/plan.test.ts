import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { type Bench, openBench, SENDER } from '#test/kinds/bench.ts';
import { Mask } from '../../lib/secrets/mask.ts';
import type { DeployRequest } from './deploy-plan.ts';
import { phaseReader } from './phase-of.ts';

let bench: Bench;
let project: Fixture;
const nowhere = { url: 'http://127.0.0.1:8545', chainId: 31337 };

beforeEach(async () => {
  bench = await openBench();
  project = await copyFixture('broken');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await project[Symbol.asyncDispose]();
  await bench[Symbol.asyncDispose]();
});

const plan = (changes: Partial<DeployRequest> = {}) =>
  bench.forge.plan(
    {
      ...bench.request(project.folder, 'script/Many.s.sol:Many', 'run(uint256)', ['1'], nowhere),
      ...changes,
    },
    bench.workspace,
  );

/** The words that a shell parses from a line, without the variables before it. */
function wordsOf(display: string): string[] {
  const line = display.replace(/^.*?\bforge /, '');
  return execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

describe('the command', () => {
  test('for a node that signs', async () => {
    const { command, display } = await plan();
    expect(command.program).toBe('forge');
    expect(command.cwd).toBe(project.folder);
    expect(command.args).toEqual([
      ...['script', 'script/Many.s.sol:Many', '--sig', 'run(uint256)'],
      ...['--rpc-url', 'http://127.0.0.1:8545', '--broadcast', '--slow'],
      ...['--unlocked', '--sender', SENDER, '--color', 'always', '--', '1'],
    ]);
    expect(wordsOf(display)).toEqual(
      command.args.filter((word) => word !== '--color' && word !== 'always'),
    );
  });

  test('for a keystore', async () => {
    const { command } = await plan({ account: 'deployer', passwordFile: "/tmp/a b's" });
    expect(command.args).not.toContain('--unlocked');
    expect(command.args.join(' ')).toContain("--account deployer --password-file /tmp/a b's");
  });

  test('takes a profile and options, and a rehearsal those that are not about sending', async () => {
    const options = ['--slow', '--verify', '--via-ir'];
    const target = { ...bench.request(project.folder, '', '', [], nowhere).target, isOwn: false };
    const { command, rehearsal, display } = await plan({ profile: 'default', options, target });
    expect(command.env).toMatchObject({ FOUNDRY_PROFILE: 'default' });
    expect(display).toMatch(
      / FOUNDRY_PROFILE=default forge .*--broadcast --slow .*--verify --via-ir/,
    );
    const [sent, rehearsed] = [command.args, rehearsal?.args ?? []].map((args) =>
      args.filter((arg) => options.includes(arg)),
    );
    expect(sent).toEqual(options);
    expect(rehearsed).toEqual(['--via-ir']);
  });

  test('can be pasted into a shell whatever the arguments hold', async () => {
    const text = `it's $HOME; "two"\nlines & *`;
    const { command, display } = await plan({
      script: { file: 'script/Reverts.s.sol', contract: 'Reverts' },
      signature: 'says(string)',
      args: [text],
    });
    expect(command.args.at(-1)).toBe(text);
    expect(wordsOf(display).at(-1)).toBe(text);
  });

  test('a wrong argument is refused before anything runs', async () => {
    await expect(plan({ args: ['many'] })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });

  test('a script or a folder that has gone is refused', async () => {
    await expect(
      plan({ script: { file: 'script/Gone.s.sol', contract: 'Gone' } }),
    ).rejects.toMatchObject({ code: 'SCRIPT_NOT_FOUND' });
    await expect(plan({ folder: path.join(project.folder, 'gone') })).rejects.toMatchObject({
      code: 'FOLDER_NOT_FOUND',
    });
  });

  test('an .env that is not read is refused: what is secret in it could not be hidden', async () => {
    await writeFile(path.join(project.folder, '.env'), `PRIVATE_KEY=${'1'.repeat(70_000)}\n`);
    await expect(plan()).rejects.toMatchObject({
      code: 'NOT_A_PROJECT',
      message: expect.stringMatching(
        /\.env is larger than 64 KB, so what is secret in it could not/,
      ),
    });
  });

  test('a results folder that is a file is an error that names it', async () => {
    await writeFile(path.join(project.folder, 'broadcast'), '');
    await expect(plan()).rejects.toMatchObject({
      code: 'NOT_A_PROJECT',
      message: expect.stringContaining(path.join(project.folder, 'broadcast')),
    });
  });

  test('results are looked for where foundry.toml puts them', async () => {
    await writeFile(
      path.join(project.folder, 'foundry.toml'),
      '[profile.default]\nbroadcast = "records"\n',
    );
    await plan();
    expect(existsSync(path.join(project.folder, 'records/Many.s.sol/31337'))).toBe(true);
  });
});

describe('secrets', () => {
  test('of the .env file and the environment are known, harmless values are not', async () => {
    const key = `0x${'ab'.repeat(32)}`;
    await writeFile(
      path.join(project.folder, '.env'),
      `DEPLOYER_PRIVATE_KEY=${key}
MNEMONIC="test test test test test test test test test test test junk"
export ETHERSCAN_API_KEY='ABCDEFGH12345'
RPC_URL=https://mainnet.example.org/v2/0123456789abcdef0123
PLAIN_URL=http://127.0.0.1:8545
OWNER_KEY=${SENDER}
SHORT_TOKEN=abc
KEY_FILE=/home/someone/key.json
KEYBOARD=qwertyqwerty
`,
    );
    vi.stubEnv('SOME_SERVICE_TOKEN', 'tok-0123456789');
    const { secrets } = await plan();
    expect(secrets).toEqual(
      expect.arrayContaining([
        key,
        'test test test test test test test test test test test junk',
        'ABCDEFGH12345',
        'https://mainnet.example.org/v2/0123456789abcdef0123',
        'tok-0123456789',
      ]),
    );
    expect(new Mask(secrets).apply(`key ${key.slice(2)}`)).toBe('key ••••');
    for (const harmless of ['abc', SENDER, 'qwertyqwerty', '/home/someone/key.json']) {
      expect(secrets).not.toContain(harmless);
    }
    expect(secrets).not.toContain('http://127.0.0.1:8545');
  });

  test('are masked in the shown command, also as arguments', async () => {
    const password = 'correct-horse-battery';
    await writeFile(path.join(project.folder, '.env'), `ADMIN_PASSWORD=${password}\n`);
    const url = 'https://user:pass@rpc.example.org/v2/0123456789abcdef0123';
    const { display, command } = await plan({
      script: { file: 'script/Reverts.s.sol', contract: 'Reverts' },
      signature: 'says(string)',
      args: [`the ${password}`],
      target: {
        rpcUrl: url,
        secretUrl: true,
        chainId: 1,
        unlocked: false,
        codeSizeLimit: null,
        mayHoldProxies: false,
        isOwn: false,
      },
    });
    expect(display).not.toContain(password);
    expect(display).not.toContain('0123456789abcdef');
    expect(display).toContain('rpc.example.org');
    expect(command.env.FOUNDRY_ETH_RPC_URL).toBe(url);
    expect(command.args.join(' ')).not.toContain('rpc.example.org');
  });
});

test('phases follow each other once, and colours do not matter', () => {
  const phaseOf = phaseReader();
  const lines = [
    'Compiling 3 files with Solc 0.8.37',
    '\u001b[32mCompiler run successful!\u001b[0m',
    'No files changed, compilation skipped',
    'Script ran successfully.',
    'Estimated amount required: 0.1 ETH',
    'Script ran successfully.',
    'ONCHAIN EXECUTION COMPLETE & SUCCESSFUL.',
  ];
  expect(lines.map((line) => phaseOf(line)?.begins)).toEqual([
    undefined,
    'simulate',
    undefined,
    undefined,
    'broadcast',
    undefined,
    undefined,
  ]);
});

test('a compile that had nothing to do is told from one that had', () => {
  expect(phaseReader()('No files changed, compilation skipped')).toEqual({
    begins: 'simulate',
    skipped: true,
  });
  expect(phaseReader()('Compiler run successful!')).toEqual({ begins: 'simulate' });
});
