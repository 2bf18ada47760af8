import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { DiffInput, DiffPart, DiffVariable } from '#main/features/state-diff/contract.ts';
import { appRoot } from '#main/lib/app-root.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';

const run = promisify(execFile);
const WHO = '0x00000000000000000000000000000000DeaDBeef';
const SENDER = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const NAME = 'a "name" \\ ünd */ more than thirty-one bytes of it';

let chain: FollowedChain;
let project: InsideProject;
let stored: string;
/** Before anything was called, and after all of it. */
let first: number;
let second: number;

beforeAll(async () => {
  chain = await FollowedChain.open();
  project = await insideProject('src/Stored.sol', 'optimised', { withLayouts: true });
  await chain.client.projects.add({ path: project.path, name: 'stored' });
  stored = await create('Stored');
  first = await snapshot('before "all"');
  await call('values');
  await call('lists_');
  await call('texts', [NAME, '0x010203']);
  await call('maps', [WHO, NAME]);
  await call('raw');
  await chain.send({ to: WHO, value: '0x64' });
  await chain.recorded();
  second = await snapshot('after all');
});
afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

beforeEach(async () => {
  const { status } = await chain.client.chains.get({ chain: 'local' });
  if (status === 'stopped') await chain.startAgain();
  await chain.client.chains.revert({ chain: 'local', snapshot: second });
});

async function create(name: string): Promise<string> {
  const { creation } = project.contracts.get(name) ?? {};
  return (await chain.send({ data: `0x${creation?.object as ''}` })).contractAddress;
}

function call(functionName: string, args: unknown[] = []) {
  const { abi = [] } = project.contracts.get('Stored') ?? {};
  const data: Hex = encodeFunctionData({ abi, functionName, args });
  return chain.send({ to: stored, data });
}

const snapshot = async (name?: string) =>
  (await chain.client.chains.snapshot({ chain: 'local', name })).id;

async function parts(input: Omit<DiffInput, 'chain'>): Promise<DiffPart[]> {
  const found: DiffPart[] = [];
  for await (const part of await chain.client.stateDiff.compare({ chain: 'local', ...input })) {
    found.push(part);
  }
  return found;
}

const accountsOf = (all: DiffPart[]) =>
  new Map(
    all.flatMap((part) => (part.type === 'account' ? [[part.account.address, part.account]] : [])),
  );

const variablesOf = (all: DiffPart[], address: string): DiffVariable[] =>
  all.flatMap((part) =>
    part.type === 'storage' && part.address.toLowerCase() === address.toLowerCase()
      ? part.variables
      : [],
  );

test('accounts, and storage by the names of variables with the keys of mappings', async () => {
  const all = await parts({ before: first, after: second });
  const [head] = all;
  expect(head).toMatchObject({
    ...{ type: 'head', chain: 'local', left: 0 },
    before: { snapshot: first, name: 'before "all"', blockNumber: 1, note: null },
    after: { snapshot: second, name: 'after all', blockNumber: 7, note: null },
  });
  expect(all.at(-1)).toEqual({ type: 'end' });
  const accounts = accountsOf(all);
  expect(head).toMatchObject({ accounts: accounts.size });
  expect(accounts.get(WHO)).toMatchObject({ balance: { before: '0', after: '100' }, nonce: null });
  expect(accounts.get(SENDER)?.nonce).toEqual({ before: '1', after: '7' });
  const lines = variablesOf(all, stored).map(
    ({ name, before, after }) => `${name} ${before} → ${after}`,
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      ...['plain 1 → 7', 'paused false → true', 'small 0 → -3', 'few[17] 0 → 5'],
      ...[`balances[${WHO}] 0 → 5`, 'boxes[1].size 0 → 4', 'grid[1][0] 0 → 11'],
      ...[`text  → ${NAME}`, 'data 0x → 0x010203', `named[${JSON.stringify(NAME)}].size 0 → 7`],
      expect.stringMatching(/^null 0x0{64} → 0x0{63}5$/),
    ]),
  );
  const owner = variablesOf(all, stored).find(({ name }) => name === 'owner');
  expect(owner).toMatchObject({ after: WHO, authority: { kind: 'owner' } });
  // The chain keeps hashes of its blocks there.
  const system = accounts.get('0x0000F90827F1C53a10cb7A02335B175320002935');
  expect(system).toMatchObject({
    system: expect.stringContaining('hashes of blocks'),
    problem: null,
  });
});

test('now is as the last snapshot, and the other way round it is the same turned', async () => {
  const there = variablesOf(await parts({ before: first, after: second }), stored);
  expect(variablesOf(await parts({ before: 'before "all"' }), stored)).toEqual(there);
  const back = variablesOf(await parts({ before: 'now', after: first }), stored);
  expect(
    back.map(({ before, after, ...one }) => ({ ...one, before: after, after: before })),
  ).toEqual(there);
  expect(await parts({ before: second })).toMatchObject([
    { accounts: 0, slots: 0 },
    { type: 'end' },
  ]);
});

test('keys of mappings are found also where nothing has recorded them', async () => {
  const before = await snapshot();
  // Nothing is hashed by what is set from outside.
  const written = variablesOf(await parts({ before: first, after: second }), stored);
  const at = (name: string) => written.find((one) => one.name === name)?.slot;
  const other = await create('Stored');
  const word = (n: number) => `0x${n.toString(16).padStart(64, '0')}`;
  await chain.call('anvil_setStorageAt', [other, at(`balances[${WHO}]`), word(9)]);
  const variables = variablesOf(await parts({ before }), other);
  expect(variables.map(({ name, after }) => [name, after])).toContainEqual([
    `balances[${WHO}]`,
    '9',
  ]);
});

/** A project for forge with as much of forge-std as a written test uses. */
const TEST_SOL = `pragma solidity ^0.8.0;
interface Vm {
  function createSelectFork(string calldata) external returns (uint256);
  function envOr(string calldata, string calldata) external view returns (string memory);
  function getNonce(address) external view returns (uint64);
  function load(address, bytes32) external view returns (bytes32);
}
abstract contract Test {
  Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
  function assertEq(uint256 a, uint256 b, string memory s) internal pure { require(a == b, s); }
  function assertEq(int256 a, int256 b, string memory s) internal pure { require(a == b, s); }
  function assertEq(address a, address b, string memory s) internal pure { require(a == b, s); }
  function assertEq(bool a, bool b, string memory s) internal pure { require(a == b, s); }
  function assertEq(bytes32 a, bytes32 b, string memory s) internal pure { require(a == b, s); }
  function assertEq(string memory a, string memory b, string memory s) internal pure {
    require(keccak256(bytes(a)) == keccak256(bytes(b)), s);
  }
  function assertEq(bytes memory a, bytes memory b, string memory s) internal pure {
    require(keccak256(a) == keccak256(b), s);
  }
}
`;

/** solc as a program, run by Node. */
const RUN_SOLC = `const solc = require('solc');
if (process.argv.includes('--version')) {
  const version = solc.version().replace('.Emscripten.clang', '.Linux.g++');
  console.log('solc, the solidity compiler commandline interface\\nVersion: ' + version);
} else {
  process.stdout.write(solc.compile(require('node:fs').readFileSync(0, 'utf8')));
}
`;

/** A folder with the packages of this one. */
async function folderForTests(): Promise<{ path: string } & AsyncDisposable> {
  const folder = await temporaryFolder();
  await symlink(path.join(appRoot(), 'node_modules'), path.join(folder.path, 'node_modules'));
  return folder;
}

const exported = async (format: 'solidity' | 'typescript' | 'vitest') =>
  chain.client.stateDiff.export({ chain: 'local', before: first, after: second, format });

const url = async () => (await chain.client.chains.get({ chain: 'local' })).rpcUrl as string;

async function outcome(command: string, args: string[], cwd: string): Promise<string> {
  const env = { ...process.env, RPC_URL: await url(), NODE_TEST_CONTEXT: undefined, NO_COLOR: '1' };
  try {
    const { stdout, stderr } = await run(command, args, { cwd, env, maxBuffer: 1 << 26 });
    return `passed\n${stdout}${stderr}`;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `failed\n${stdout}${stderr}`;
  }
}

test('a written Solidity test passes on the later state, and fails on the earlier one', async () => {
  await using folder = await folderForTests();
  const { name, text } = await exported('solidity');
  expect(text).toMatch(
    new RegExp(`IStored_\\w+\\(0x\\w+\\)\\.balances\\(${WHO}\\), uint256\\(5\\)`),
  );
  const solc = path.join(folder.path, 'solc');
  await writeFile(path.join(folder.path, 'run-solc.cjs'), RUN_SOLC);
  const launched = `exec "${process.execPath}" "${folder.path}/run-solc.cjs" "$@"`;
  await writeFile(solc, `#!/bin/sh\n${launched}\n`, { mode: 0o755 });
  await mkdir(path.join(folder.path, 'test'));
  await mkdir(path.join(folder.path, 'lib/forge-std'), { recursive: true });
  await writeFile(path.join(folder.path, 'lib/forge-std/Test.sol'), TEST_SOL);
  await writeFile(path.join(folder.path, 'test', name), text);
  await writeFile(
    path.join(folder.path, 'foundry.toml'),
    `[profile.default]\nremappings = ["forge-std/=lib/forge-std/"]\nsolc = "${solc}"\n`,
  );
  const forge = path.join(appRoot(), 'node_modules/.bin/forge');
  const test = () => outcome(forge, ['test', '--offline'], folder.path);
  expect(await test()).toMatch(/Suite result: ok\. [1-9]\d* passed; 0 failed/);
  await chain.client.chains.revert({ chain: 'local', snapshot: first });
  // Each account was other than it is to be.
  expect(await test()).toMatch(/Suite result: FAILED\. 0 passed/);
}, 120_000);

const VITEST = path.join(appRoot(), 'node_modules/vitest/vitest.mjs');

test.each([
  ['typescript', (name: string) => ['--test', name], /^passed[\s\S]*fail 0/, /pass 0/],
  [
    'vitest',
    (name: string) => [VITEST, 'run', '--root', '.', '--config', 'none.mjs', name],
    /^passed[\s\S]*Tests\s+[1-9]\d* passed \(/,
    /Tests\s+[1-9]\d* failed \(/,
  ],
] as const)(
  'a written test (%s) passes on the later state, and fails on the earlier one',
  async (format, args, passed, failed) => {
    await using folder = await folderForTests();
    const { name, text } = await exported(format);
    await writeFile(path.join(folder.path, name), text);
    await writeFile(path.join(folder.path, 'none.mjs'), 'export default {};');
    const test = () => outcome(process.execPath, [...args(name)], folder.path);
    expect(await test()).toMatch(passed);
    await chain.client.chains.revert({ chain: 'local', snapshot: first });
    const later = await test();
    expect(later).toMatch(/^failed/);
    // Each account was other than it is to be.
    expect(later).toMatch(failed);
  },
  120_000,
);

test('a chain that mines while it is read is told as it was at one moment', async () => {
  await chain.call('evm_setIntervalMining', [1]);
  const mined = chain.call('anvil_mine', ['0x40']);
  const all = await parts({ before: second });
  await mined;
  await chain.call('evm_setIntervalMining', [0]);
  await chain.call('evm_setAutomine', [true]);
  expect(all.at(-1)).toEqual({ type: 'end' });
  expect(variablesOf(all, stored)).toEqual([]);
});

test('a comparison that is given up leaves no thread', async () => {
  const threads = () =>
    process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
  const before = threads();
  for (let i = 0; i < 3; i++) {
    for await (const part of await chain.client.stateDiff.compare({
      chain: 'local',
      before: first,
    })) {
      expect(part.type).toBe('head');
      break;
    }
  }
  await vi.waitFor(() => expect(threads()).toBeLessThanOrEqual(before));
});

const failure = (input: Omit<DiffInput, 'chain'>) => expect(parts(input)).rejects;

test('snapshots compare while the chain is stopped, and now is then what was saved', async () => {
  const there = await parts({ before: first, after: second });
  await chain.client.chains.stop({ chain: 'local' });
  expect(variablesOf(await parts({ before: first, after: second }), stored)).toEqual(
    variablesOf(there, stored),
  );
  expect(variablesOf(await parts({ before: first }), stored)).toEqual(variablesOf(there, stored));
  const state = path.join(chain.home, 'chains/local/state.json');
  const whole = await readFile(state);
  await truncate(state, Math.floor(whole.length / 2));
  await failure({ before: first }).toMatchObject({ code: 'STATE_CORRUPT' });
  await writeFile(state, whole);
});

test('a snapshot that is damaged, gone or unknown is told, and nothing else is touched', async () => {
  const other = await snapshot('spoiled');
  const file = path.join(chain.home, 'chains/local/snapshots', `${other}.json`);
  const whole = await readFile(file, 'utf8');
  const spoiled = [
    ...['', '{', '[]', '{}', 'null', 'no JSON', '{"accounts":[]}', whole.slice(0, -1)],
    ...[
      whole.slice(0, whole.length / 2),
      whole.replace('"accounts":{', '"accounts":{"'),
      `${whole}{}`,
    ],
    ...['{"accounts":{"0x0":{}}}', '{"accounts":{"0x0":null}}', `\ufeff${whole}`],
    whole.replace('"nonce":', '"nonce":"'),
  ];
  for (const text of spoiled) {
    await writeFile(file, text);
    await failure({ before: first, after: other }).toMatchObject({
      code: 'SNAPSHOT_DAMAGED',
      message: expect.stringContaining('"spoiled"'),
    });
  }
  await rm(file);
  await failure({ before: other, after: first }).toMatchObject({ code: 'SNAPSHOT_LOST' });
  await chain.client.chains.removeSnapshot({ chain: 'local', snapshot: other });
  await failure({ before: other, after: first }).toMatchObject({ code: 'SNAPSHOT_NOT_FOUND' });
  await failure({ before: first, after: 'nowhere' }).toMatchObject({ code: 'SNAPSHOT_NOT_FOUND' });
  expect((await parts({ before: first, after: second })).at(-1)).toEqual({ type: 'end' });
});
