import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { main } from '#main/doors/cli/main.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
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

async function drydock(...args: string[]) {
  vi.stubEnv('DRYDOCK_HOME', home.path);
  vi.stubEnv('DRYDOCK_ENGINE', 'process');
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      texts[name] += text;
      return true;
    });
  }
  const code = await main(args);
  vi.restoreAllMocks();
  return { code, stdout: texts.stdout, stderr: stripVTControlCharacters(texts.stderr) };
}

const typed = (line: string) => drydock(...line.split(' '));

describe('what would be dropped without a word is refused', () => {
  test.each([
    ['chain set local gas-limit 30000000 gas', '"gas" is too much. It is: drydock chain set local'],
    ['chain set local base-fee 1 gwei more', '"gwei more" is too much.'],
    ['chain set local nonce 0 5 6', '"6" is too much.'],
    ['chain set local code 0 0xef01001111', 'code that begins with 0xef01 delegates to an address'],
    ['chain set local next-time 2030-01-31 12:00', '"12:00" is too much.'],
    ['chain set local storage Vault owner', 'Give <contract> <variable, or slot:0x…> <value>:'],
    ['chain set local mining 5s --snapshot', "--snapshot can't be used with mining."],
    ['chain set local base-fee 1 --snapshot', "--snapshot can't be used with base-fee."],
    ['chain set local gas-limit 30000000 --snapshot', "--snapshot can't be used with gas-limit."],
    ['chain set local coinbase 0 --snapshot', "--snapshot can't be used with coinbase."],
    ['chain set local time 2000000000 --snapshot', "--snapshot can't be used with time."],
    ['chain pending local mine 0x1234', '"0x1234" can\'t be used with mine.'],
    ['chain pending local drop 0x1234 0x5678', "too many arguments for 'pending'"],
    ['chain mine local 3 --blocks 4', "--blocks can't be used beside the same as an argument."],
    ['chain warp local 1h --seconds 5', "--seconds can't be used beside"],
    ['chain fund local 0 1 --ether 2', "--ether can't be used beside"],
    ['chain snapshot local one --name two', "--name can't be used beside"],
    ['chain revert local one --to two', "--to can't be used beside"],
    ['account impersonate local --stop', "--stop can't be used without an account."],
    ['account impersonate local --note x', "--note can't be used without an account."],
    ['account impersonate local 0 --stop --note x', "--stop can't be used with --note."],
    ['account watch local 0 --stop --note x', "--stop can't be used with --note."],
    ['gateway journal local --on --last 5', "--last can't be used with --on."],
    ['gateway journal local --off --last 5', "--last can't be used with --off."],
    ['contract verify Token --to sourcify --bundle', "--to can't be used with --bundle."],
    ['contract verify --to sourcify --list', "--to can't be used with --list."],
    ['contract verify --bundle --list', "--bundle can't be used with --list."],
    ['contract verify Token --list', '"Token" can\'t be used with --list.'],
    ['contract read Token --block 5', "--block can't be used without a function."],
    ['contract read Token --arg 5 --from 1', "--arg and --from can't be used without a function."],
    ['contract read Token name --as cast --block 5', "--block can't be used with --as."],
    ['contract read Token --calls x.json', '"Token" can\'t be used with --calls'],
    ['contract send Token pause --as cast --force', "--as can't be used with --force."],
    ['contract call run pay --simulate --force', "--simulate can't be used with --force."],
    ['contract events Token --follow --limit 3', "--follow can't be used with --limit."],
    ['contract storage Token owner --slot 0', "--slot can't be used with a variable."],
    ['contract storage Token --from 5', "--from can't be used without a variable."],
    ['gas report --deployment 1 --network local', "--deployment can't be used with --network."],
    ['deployment export 1 --live local', "--live can't be used with a deployment."],
    ['deployment export --live local --project x', "--project can't be used with --live."],
    ['deploy vault --target local --network fork', "--network can't be used with --target."],
    ['deploy vault --watch --replace-waiting', "--watch can't be used with --replace-waiting."],
    ['project dockerfile vault Dockerfile --none', "--none can't be used with a path."],
    ['project trust vault --parent /tmp', "--parent can't be used with a project."],
    ['project untrust vault --parent /tmp', "--parent can't be used with a project."],
    ['project install vault --dry-run --with npm', "--dry-run can't be used with --with."],
    ['project defaults vault --network local --from 1 --remove', 'Give --remove alone'],
    ['image build --project vault --kind foundry', "--kind can't be used with --project."],
    ['network add mine --kind local --url http://127.0.0.1:1', "--url can't be used with a local"],
    ['network add mine --kind local --fork-block 5', "--fork-block can't be used with a local"],
    ['network add mine --url http://127.0.0.1:1 --port 5', "--port can't be used with a remote"],
    ['network header mainnet --remove', "--remove can't be used without a header."],
    ['settings etherscan-key - --remove', '"-" can\'t be used with --remove.'],
    ['backup restore latest --cancel', '"latest" can\'t be used with --cancel.'],
    ['host rotate-token --port 5', "--port can't be used with rotate-token."],
  ])('%s', async (line, words) => {
    const { code, stdout, stderr } = await typed(line);
    expect(stderr).toContain(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('what is not clear is said to be', () => {
  test.each([
    ['chain set local base-fee -1gwei', '"-1gwei" reads as an option. Give a number of at least 0'],
    ['chain set local gas-limit 99999999999999999999', 'a whole number up to 9007199254740991.'],
    ['chain mine local 99999999999999999999', 'Give a whole number up to 9007199254740991.'],
    [
      'chain set local mining 0.5s',
      '"0.5s" is no way to mine. Give auto, manual, or whole seconds',
    ],
    ['chain set local mining sometimes', '"sometimes" is no way to mine.'],
    [
      'chain set local storage Vault slot: 1',
      'Give the slot too, a number or hex, as in slot:0x2.',
    ],
    ['chain set local next-time 2030-02-31', '"2030-02-31" is no time.'],
    ['chain set local time tomorrow2030', '"tomorrow2030" is no time.'],
    ['chain start fork --fork-block 2026-02-31', 'There is no such date.'],
    ['contract verify Token --to nowhere', 'Give one of sourcify, etherscan.'],
  ])('%s', async (line, words) => {
    const { code, stderr } = await typed(line);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });

  test('a date with a wrong word before it', async () => {
    const { code, stderr } = await drydock('chain', 'set', 'local', 'time', 'about 2030');
    expect(stderr).toContain('"about 2030" is no time.');
    expect(code).toBe(2);
  });
});

test('a file that can not be written is told with its path and why', async () => {
  const folder = path.join(home.path, 'out');
  await mkdir(folder);
  for (const [out, words] of [
    ['', 'Give --out a file.'],
    [folder, `${folder} can't be written: it is a folder.`],
    [path.join(folder, 'no', 'x.csv'), `x.csv can't be written: its folder is not there.`],
  ] as const) {
    const { code, stdout, stderr } = await drydock('deployment', 'export', '--out', out);
    expect(stderr).toContain(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  }
});

describe('on a chain', () => {
  beforeAll(async () => {
    expect((await typed(`chain start local --port ${await freePort()}`)).code).toBe(0);
  });
  afterAll(() => typed('chain stop local'));

  test('an amount and its unit are one value', async () => {
    const { stdout } = await typed('chain set local base-fee 3 gwei');
    expect(stdout).toContain('a base fee of 3 gwei');
    const balance = await typed('chain set local balance 1 1.5 ether --snapshot');
    expect(balance.stdout).toContain('has 1.5 ETH.');
    expect(balance.stdout).toContain('drydock chain revert local');
  });

  test('an account that is kept is found by its name, also while the chain stands still', async () => {
    const address = '0x00000000000000000000000000000000DeaDBeef';
    await typed(`address label ${address} Whale --network local`);
    expect((await typed('account watch local Whale --note big')).code).toBe(0);
    expect((await typed('account impersonate local whale')).code).toBe(0);
    expect((await typed('account impersonate local')).stdout).toContain(address);
    await typed('chain stop local');
    const unwatched = await typed('account watch local Whale --stop');
    expect(unwatched.stdout).toContain(`${address} on local is no longer watched.`);
    const stopped = await typed('account impersonate local Whale --stop');
    expect(stopped.stdout).toContain(`local no longer sends for ${address}.`);
    await typed('chain start local');
    expect((await typed('account impersonate local')).stdout).toContain('impersonates nobody');
  });

  test.each([
    'account watch local Nobody',
    'account watch local Nobody --stop',
    'account impersonate local Nobody --stop',
    'account key local Nobody',
    'account deal local Nobody 0 5',
    'chain set local balance Nobody 5',
    'chain set local coinbase Nobody',
    'address show Nobody --network local',
  ])('%s names the commands that list accounts and contracts', async (line) => {
    const { code, stderr } = await typed(line);
    expect(stderr).toContain('No account or contract "Nobody" is known on local.');
    expect(stderr).toContain('try: drydock account list local');
    expect(stderr).toContain('try: drydock contract list --network local');
    expect(code).toBe(2);
  });

  test('one that is not kept is told with the command that lists those that are', async () => {
    const { stderr } = await typed('account watch local 3 --stop');
    expect(stderr).toContain('is not watched on local. See "drydock account list local".');
  });

  test('a transaction that waits is dropped by the first digits of its hash', async () => {
    await typed('chain set local mining manual');
    const rpcUrl = JSON.parse((await typed('chain show local --json')).stdout).rpcUrl;
    const send = async (value: string) => {
      const { rpc } = await import('#main/eth/rpc.ts');
      const call = rpc(rpcUrl);
      const [from] = await call<string[]>('eth_accounts');
      return call<string>('eth_sendTransaction', [{ from, to: from, value }]);
    };
    const [first, second] = [await send('0x1'), await send('0x2')];
    const unknown = await typed('chain pending local drop 0x00000000');
    expect(unknown.stderr).toContain('No transaction 0x00000000 waits on local');
    const dropped = await typed(`chain pending local drop ${second.slice(0, 12)}`);
    expect(dropped.stdout).toContain('Dropped 1.');
    const { stdout } = await typed('chain pending local --json');
    expect(JSON.parse(stdout).transactions).toMatchObject([{ hash: first }]);
  });
});
