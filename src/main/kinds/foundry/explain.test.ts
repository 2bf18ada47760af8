import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';
import {
  type Bench,
  type Chain,
  openBench,
  type Run,
  SENDER,
  startAnvil,
} from '#test/kinds/bench.ts';
import type { DeployRequest } from './deploy-plan.ts';
import { explainFailure } from './explain.ts';

const NOBODY = '0x00000000000000000000000000000000000000AA';

let bench: Bench;
let chain: Chain;
let broken: Fixture;

beforeAll(async () => {
  bench = await openBench();
  chain = await startAnvil();
  broken = await copyFixture('broken');
});

afterAll(async () => {
  await chain[Symbol.asyncDispose]();
  await broken[Symbol.asyncDispose]();
  await bench[Symbol.asyncDispose]();
});

/** `Reverts`, `Reverts.custom()` or `Reverts.panics(uint256)`. */
function request(what: string, args: string[] = [], to: Pick<Chain, 'url' | 'chainId'> = chain) {
  const [contract = '', signature = 'run()'] = what.split(/\.(.*)/);
  return bench.request(broken.folder, `script/${contract}.s.sol:${contract}`, signature, args, to);
}

async function fail(asked: DeployRequest) {
  const run = await bench.deploy(asked);
  if (!run.failure) throw new Error(`It did not fail:\n${text(run)}`);
  const { code, message, seq } = run.failure;
  const line = run.lines.find((one) => one.seq === seq)?.text.trim();
  expect(message, 'one sentence or two, with an end').toMatch(/\.$/);
  return { code, message, line, run };
}

const text = (run: Run) => run.lines.map((line) => line.text).join('\n');

describe('a failed run says why, and which line shows it', () => {
  test('a mistake in the code', async () => {
    const { code, message, line } = await fail(request('CompileError'));
    expect(code).toBe('COMPILE_ERROR');
    expect(message).toBe(
      'script/CompileError.s.sol does not compile, line 11: Undeclared identifier. Correct it, then deploy again.',
    );
    expect(line).toBe('Error: Compiler run failed:');
  });

  test('a mistake in the syntax', async () => {
    const { code, message } = await fail(request('SyntaxError'));
    expect(code).toBe('COMPILE_ERROR');
    expect(message).toContain('script/SyntaxError.s.sol does not compile, line 6');
  });

  test('a mistake that an old compiler reports in its own form', async () => {
    await using pair = await copyFixture('pair-factory');
    await appendFile(path.join(pair.folder, 'src/Coin.sol'), 'contract Bad is Nothing {}\n');
    const asked = bench.request(pair.folder, 'script/Deploy.s.sol:Deploy', 'run()', [], chain);
    const { code, message } = await fail(asked);
    expect(code).toBe('COMPILE_ERROR');
    expect(message).toMatch(/^src\/Coin\.sol does not compile, line 26: /);
  });

  test('an import that is not there', async () => {
    const { code, message } = await fail(request('MissingImport'));
    expect(code).toBe('IMPORT_NOT_FOUND');
    expect(message).toContain('src/Nothing.sol');
  });

  test('a revert with a reason', async () => {
    const { code, message, line } = await fail(request('Reverts'));
    expect(code).toBe('SCRIPT_REVERTED');
    expect(message).toContain('reverted: Reverts: the tide is out.');
    expect(line).toBe('Error: script failed: Reverts: the tide is out');
  });

  test('a revert with an error of its own', async () => {
    const { code, message } = await fail(request('Reverts.custom()'));
    expect(code).toBe('SCRIPT_REVERTED');
    expect(message).toMatch(/reverted: Closed\(0x\w{40}, 42\)\./);
  });

  test('a panic', async () => {
    const { code, message } = await fail(request('Reverts.panics(uint256)', ['0']));
    expect(code).toBe('SCRIPT_REVERTED');
    expect(message).toContain('division or modulo by zero');
  });

  test('a revert without a reason', async () => {
    const { code, message } = await fail(request('Reverts.bare()'));
    expect(code).toBe('SCRIPT_REVERTED');
    expect(message).toContain('gave no reason');
  });

  test('a reason that sounds like something else is still a revert', async () => {
    const { code, message } = await fail(
      request('Reverts.says(string)', ['insufficient funds: connection refused']),
    );
    expect(code).toBe('SCRIPT_REVERTED');
    expect(message).toContain('insufficient funds: connection refused');
  });

  test.each(['It is too late.', 'Too late!'])('the sentence "%s" as a reason', async (reason) => {
    const { message } = await fail(request('Reverts.says(string)', [reason]));
    expect(message).toBe(`The script reverted: ${reason} The trace in the log shows where.`);
  });

  test('a variable that is not set', async () => {
    const { code, message } = await fail(request('MissingEnv'));
    expect(code).toBe('ENV_MISSING');
    expect(message).toContain('DRYDOCK_FIXTURE_COUNT=… into the .env file');
  });

  test('a variable of the wrong type', async () => {
    await using copy = await copyFixture('broken');
    await writeFile(path.join(copy.folder, '.env'), 'DRYDOCK_FIXTURE_COUNT=several\n');
    const { code, message } = await fail({ ...request('MissingEnv'), folder: copy.folder });
    expect(code).toBe('ENV_INVALID');
    expect(message).toContain(
      'DRYDOCK_FIXTURE_COUNT does not hold a uint256 (expected at least one digit)',
    );
  });

  test.each([
    ['ffi()', 'FFI_DISABLED', 'set ffi = true under [profile.default] in foundry.toml'],
    ['reads()', 'PATH_NOT_ALLOWED', 'fs_permissions = [{ access = "read", path = "./" }]'],
    ['names()', 'RPC_NOT_DEFINED', 'Add it under [rpc_endpoints]'],
  ])('what foundry.toml has to allow: %s', async (signature, expected, advice) => {
    const { code, message } = await fail(request(`Settings.${signature}`));
    expect(code).toBe(expected);
    expect(message).toContain(advice);
    expect(message).not.toContain('--ffi');
  });

  test('a call to an address without code', async () => {
    const { code, message } = await fail(request('NoCode.strict(address)', [NOBODY]));
    expect(code).toBe('NO_CODE');
    expect(message).toContain(NOBODY);
  });

  test('a CREATE2 address that is taken', async () => {
    await using project = await copyFixture('upgradeable');
    const asked = bench.request(project.folder, 'script/Deploy.s.sol:Deploy', 'run()', [], chain);
    expect((await bench.deploy(asked)).exit.code).toBe(0);
    const { code, line } = await fail(asked);
    expect(code).toBe('ADDRESS_TAKEN');
    expect(line).toContain('[CreateCollision]');
  });

  test('a loop without an end', async () => {
    const { code, line } = await fail(request('Gas'));
    expect(code).toBe('OUT_OF_GAS');
    expect(line).toContain('OOG]');
  });

  test('more ether than the sender has, in the script', async () => {
    const { code } = await fail(request('Gas.pay(address,uint256)', [NOBODY, '99999999 ether']));
    expect(code).toBe('INSUFFICIENT_FUNDS');
  });

  test('a keystore that does not exist', async () => {
    const asked = { ...request('Many.run(uint256)', ['1']), account: 'deployer' };
    const { code, message } = await fail({ ...asked, passwordFile: '/nowhere' });
    expect(code).toBe('NO_SIGNER');
    expect(message).toContain('no keystore deployer');
  });

  test('a keystore without its password', async () => {
    const keystores = path.join(bench.home, '.foundry', 'keystores');
    await mkdir(keystores, { recursive: true });
    await writeFile(path.join(keystores, 'sealed'), SEALED);
    const asked = { ...request('Many.run(uint256)', ['1']), account: 'sealed' };
    const missing = await fail({ ...asked, passwordFile: '/nowhere' });
    expect(missing).toMatchObject({ code: 'NO_SIGNER' });
    expect(missing.message).toContain('no password file /nowhere');
    const wrong = path.join(bench.home, 'wrong');
    await writeFile(wrong, 'wrong\n');
    const locked = await fail({ ...asked, passwordFile: wrong });
    expect(locked).toMatchObject({ code: 'NO_SIGNER' });
    expect(locked.message).toContain('does not open the keystore');
  });

  test('a contract over the size limit', async () => {
    const data = 'ab'.repeat(25_000);
    await writeFile(
      path.join(broken.folder, 'script/Big.s.sol'),
      `pragma solidity ^0.8.20;
import {Script} from "./Script.sol";
contract Hull { bytes constant DATA = hex"${data}"; function read() external pure returns (bytes memory) { return DATA; } }
contract Big is Script { function run() external { vm.startBroadcast(); new Hull(); vm.stopBroadcast(); } }
`,
    );
    const sent = () => chain.rpc('eth_getTransactionCount', SENDER, 'pending');
    const before = await sent();
    const { code, message, run } = await fail(request('Big'));
    expect(code).toBe('CONTRACT_TOO_LARGE');
    expect(message).toMatch(/^Hull has \d+ bytes, over the limit of 24576 on local\./);
    expect(run.failure?.fix?.call).toEqual({
      procedure: 'chains.restart',
      input: { chain: 'local', codeSizeLimit: 32_768 },
    });
    expect(await sent()).toBe(before);
  });

  test('a node that is not there', async () => {
    const { code, message } = await fail(
      request('Many.run(uint256)', ['1'], { url: 'http://127.0.0.1:1', chainId: 31337 }),
    );
    expect(code).toBe('RPC_UNREACHABLE');
    expect(message).toContain('does not answer');
  });

  test('a script that is not in its file', async () => {
    const { code } = await fail({
      ...request('Many.run(uint256)', ['1']),
      script: { file: 'script/Many.s.sol', contract: 'Few' },
    });
    expect(code).toBe('SCRIPT_NOT_FOUND');
  });

  test('a function that is not in the script', async () => {
    const { code, message } = await fail(request('Many.sail()'));
    expect(code).toBe('FUNCTION_NOT_FOUND');
    expect(message).toContain('sail()');
  });

  test('a signal', async () => {
    await using slow = await startAnvil('--block-time', '1');
    const plan = await bench.forge.plan(
      request('Many.run(uint256)', ['20'], slow),
      bench.workspace,
    );
    const workspace = bench.engine.workspace({ id: 1, path: broken.folder });
    const exit = await workspace.exec(plan.command, {
      onOutput: () => undefined,
      async onStart(ref) {
        await vi.waitUntil(async () => Number(await slow.rpc('eth_blockNumber')) > 1, 30_000);
        if ('pid' in ref) process.kill(ref.pid, 'SIGTERM');
      },
    });
    const failure = explainFailure({
      exitCode: exit.code,
      signal: exit.signal,
      lines: [{ seq: 1, text: 'Script ran successfully.' }],
      phase: 'broadcast',
      network: { name: 'local', kind: 'local' },
      codeSizeLimit: null,
    });
    expect(failure.code).toBe('INTERRUPTED');
    expect(failure.message).toContain('forge was ended by SIGTERM from outside');
  });
});

/** Forge retries for some seconds before it gives up. */
describe.concurrent('a node that takes no transaction', () => {
  beforeAll(async () => {
    await bench.deploy(request('Many.run(uint256)', ['1']));
    await bench.deploy(request('TwoChains.run(string,string)', ['', '']));
  });

  test('more gas than a block has', async () => {
    await using small = await startAnvil('--gas-limit', '150000');
    const { code } = await fail(request('Many.run(uint256)', ['1'], small));
    expect(code).toBe('OUT_OF_GAS');
  });

  test('no ether for the gas', async () => {
    await using poor = await startAnvil('--balance', '0');
    const { code, message } = await fail(request('Many.run(uint256)', ['1'], poor));
    expect(code).toBe('INSUFFICIENT_FUNDS');
    expect(message).toContain('Fund the account');
  });

  test('a sender that nobody can sign for', async () => {
    const { code } = await fail({ ...request('Many.run(uint256)', ['1']), from: NOBODY });
    expect(code).toBe('NO_SIGNER');
  });

  test('nonces that were used by something else', async () => {
    // Two forks of one chain plan the same nonces.
    const { code } = await fail(request('TwoChains.run(string,string)', [chain.url, chain.url]));
    expect(code).toBe('NONCE_TOO_LOW');
  });

  test('a node that goes away in the middle', async () => {
    await using doomed = await startAnvil('--block-time', '1');
    const asked = request('Many.run(uint256)', ['20'], doomed);
    const failing = fail(asked);
    while (BigInt(await doomed.rpc<string>('eth_blockNumber')) < 3n) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await doomed.kill();
    const { code, message } = await failing;
    expect(code).toBe('RPC_UNREACHABLE');
    expect(message).toContain('in the middle of the run');
  });

  test.each([
    [401, 'RPC_REFUSED', 'does not accept the key'],
    [429, 'RPC_REFUSED', 'refuses more requests'],
    [503, 'RPC_UNREACHABLE', 'does not answer'],
  ])('a node that answers %i', async (status, expected, words) => {
    const server = createServer((_, response) => {
      response.statusCode = status;
      response.end('no');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const url = `http://127.0.0.1:${port}`;
      const { code, message } = await fail(
        request('Many.run(uint256)', ['1'], { url, chainId: 31337 }),
      );
      expect(code).toBe(expected);
      expect(message).toContain(words);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

test('what forge says of a node with another chain id', () => {
  expect(
    explainFailure({
      exitCode: 1,
      lines: [{ seq: 9, text: 'Error: Failed to send transaction: invalid chain ID' }],
      phase: 'broadcast',
      network: { name: 'sepolia', kind: 'remote' },
      codeSizeLimit: null,
    }),
  ).toMatchObject({ code: 'CHAIN_ID_MISMATCH', seq: 9 });
});

test.each([
  ['local', 'Start it again'],
  ['remote', 'drydock network test it'],
] as const)('a %s network that goes away is told with what helps there', (kind, words) => {
  const { message } = explainFailure({
    exitCode: 1,
    lines: [{ seq: 1, text: 'Error: error sending request for url (http://127.0.0.1:1/)' }],
    phase: 'broadcast',
    network: { name: 'it', kind },
    codeSizeLimit: null,
  });
  expect(message).toContain(words);
});

/** Operations that a remote network doesn't support: starting, funding and setting state. */
test('no advice for a remote network is one for a chain of Drydock', () => {
  const said = [
    'Error: error sending request for url (http://127.0.0.1:1/)',
    'Error: insufficient funds for gas * price + value',
    'Error: exceeds block gas limit',
    'Error: No Signer available',
    'Error: HTTP error 429',
    'Error: invalid chain id',
    'Error: `Big` is above the contract size limit (26308 > 24576).',
  ];
  for (const phase of ['simulate', 'broadcast'] as const) {
    for (const text of said) {
      const failure = explainFailure({
        ...{ exitCode: 1, lines: [{ seq: 1, text }], phase },
        network: { name: 'sepolia', kind: 'remote' },
        codeSizeLimit: null,
      });
      expect(failure.code).not.toBe('FORGE_FAILED');
      expect(failure.fix).toBeUndefined();
      expect(failure.message).not.toMatch(/drydock chain|start (it|the chain)|unlocked|evm_/i);
    }
  }
});

test('what nobody knows is said in the words of forge', () => {
  const lines = [
    { seq: 1, text: 'Script ran successfully.' },
    { seq: 2, text: 'Error: The moon is full.' },
  ];
  const input = {
    ...{ exitCode: 1, phase: 'simulate' as const },
    network: { name: 'local', kind: 'local' as const },
    codeSizeLimit: null,
  };
  expect(explainFailure({ ...input, lines })).toEqual({
    code: 'FORGE_FAILED',
    message: 'forge failed: The moon is full. The log shows what came before.',
    seq: 2,
  });
  expect(explainFailure({ ...input, lines: [] })).toMatchObject({ code: 'FORGE_FAILED' });
});

/** The first development account under the password "right", with few rounds. */
const SEALED =
  '{"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"a66f9ebf1d09ee7c399d0426f0b26818"},"ciphertext":"fdb66ccce01fad8ccfb63b18975c7124f64a5e9344d796c0f2ad51f5f8f96d8c","kdf":"scrypt","kdfparams":{"dklen":32,"n":8192,"p":1,"r":8,"salt":"ca71b86361300fbc14eddcb4d5904ef9c5d26b634b39c1d321363918993de0a6"},"mac":"e90cb53a8c99dafe6eb0a374c4686bf3e49277b8bebb5b3b768ee8bd7c2c8a19"},"id":"987573a2-e8d3-4f92-a82f-045f547fe56b","version":3}';
