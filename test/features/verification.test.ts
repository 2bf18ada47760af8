import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { deploy } from '#test/harness/hardhat-deploy.ts';
import { made } from '#test/harness/made.ts';
import { scriptProject } from '#test/harness/script-project.ts';
import { type Verifier, verifier } from '#test/harness/verifier.ts';

const CONTRACTS = `
library Rounding { function up(uint256 a) external pure returns (uint256) { return a + 1; } }
contract Vault {
  uint256 public immutable cap;
  address public owner;
  constructor(uint256 cap_) { cap = cap_; owner = msg.sender; }
}
contract Linked { uint256 public x; constructor(uint256 a) { x = Rounding.up(a); }
  function more(uint256 a) external pure returns (uint256) { return Rounding.up(a); } }
contract Rounded { uint256 public x; constructor(uint256 a) { x = Rounding.up(a); } }
contract Made {}
contract Maker { Made public made = new Made(); }
`;
const KEY = 'SECRETKEY0123456789ABCDEF';

let core: TestApp;
let client: Client;
let fixture: Fixture;
let service: Verifier;
let call: Rpc;
let project: number;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  fixture = await scriptProject(
    {
      Deploy: `vm.startBroadcast(); new Vault(77); new Linked(5); new Rounded(6); new Maker(); vm.stopBroadcast();`,
    },
    CONTRACTS,
  );
  project = (await client.projects.add({ path: fixture.folder, name: 'yard' })).id;
  const { rpcUrl } = await client.chains.start({ chain: 'local' });
  call = rpc(rpcUrl as string);
  const run = await deploy(client, project, {});
  expect(made(run).contracts.map(({ name }) => name)).toContain('Vault');
  service = await verifier(call, 31337, KEY);
  await client.settings.set({
    ...{ sourcifyUrl: `${service.url}/server`, etherscanUrl: `${service.url}/v2/api` },
  });
}, 240_000);

afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

beforeEach(() => {
  service.sent.length = 0;
  service.pendingFor = 1;
});

test('a deployed contract is exactly what its sources compile to', async () => {
  expect(await client.verifications.check({ contract: 'yard.Vault' })).toMatchObject({
    ...{ contract: 'src/Vm.sol:Vault', project: 'yard', runtime: 'exact', creation: 'exact' },
    compiler: expect.stringMatching(/^0\.8\.\d+\+commit\.[0-9a-f]{8}$/),
    constructorArguments: (77).toString(16).padStart(64, '0'),
    libraries: [],
  });
});

test('Sourcify verifies what is sent to it, and its verdict is kept', async () => {
  const sent = await client.verifications.submit({ contract: 'yard.Vault', to: 'sourcify' });
  expect(sent).toMatchObject({ state: 'verified', match: 'exact', reason: null, chainId: 31337 });
  expect(service.sent).toEqual([expect.objectContaining({ contract: 'src/Vm.sol:Vault' })]);
  const [kept] = await client.verifications.list({});
  expect(kept).toEqual(sent);
});

test('an Etherscan-like service verifies it with the key, which is in no answer', async () => {
  const keyless = client.verifications.submit({ contract: 'yard.Vault', to: 'etherscan' });
  await expect(keyless).rejects.toMatchObject({
    code: 'SOURCE_UNREACHABLE',
    message: expect.stringMatching(/etherscan-key -".*verify --bundle/),
  });
  await expect(keyless).rejects.not.toMatchObject({ message: expect.stringMatching(/ABI/) });
  await client.abiSources.setEtherscanKey({ key: KEY });
  const sent = await client.verifications.submit({ contract: 'yard.Vault', to: 'etherscan' });
  expect(sent).toMatchObject({ state: 'verified', match: null, service: 'etherscan' });
  expect(JSON.stringify(sent)).not.toContain(KEY);
  await client.abiSources.setEtherscanKey({ key: 'WRONGKEY0123456789ABCDEF' });
  await expect(
    client.verifications.submit({ contract: 'yard.Vault', to: 'etherscan' }),
  ).rejects.toMatchObject({
    code: 'SOURCE_UNREACHABLE',
    message: expect.not.stringContaining('WRONGKEY'),
  });
});

test('libraries that were linked after compiling are named with their addresses', async () => {
  const found = await client.verifications.bundle({ contract: 'yard.Linked' });
  expect(found).toMatchObject({
    runtime: 'exact',
    libraries: [{ source: 'src/Vm.sol', name: 'Rounding' }],
    input: { settings: { libraries: { 'src/Vm.sol': { Rounding: found.libraries[0]?.address } } } },
  });
  const sent = await client.verifications.submit({ contract: 'yard.Linked', to: 'sourcify' });
  expect(sent.state).toBe('verified');
});

test('a library that only the constructor uses is named, too', async () => {
  const [{ libraries }, linked] = await Promise.all([
    client.verifications.bundle({ contract: 'yard.Rounded' }),
    client.verifications.bundle({ contract: 'yard.Linked' }),
  ]);
  expect(libraries).toEqual(linked.libraries);
});

test('a contract that another one has created is verified without its transaction', async () => {
  expect(await client.verifications.check({ contract: 'yard.Made' })).toMatchObject({
    ...{ runtime: 'exact', creation: null, transaction: null, constructorArguments: null },
  });
});

test('code without a compiled contract is told apart from sources that have changed since', async () => {
  const bare = `0x${'b'.repeat(40)}`;
  await call('anvil_setCode', [bare, '0x602a60005260206000f3']);
  await expect(client.verifications.check({ contract: bare })).rejects.toMatchObject({
    code: 'ARTIFACT_NOT_FOUND',
  });
  const { address } = await client.verifications.check({ contract: 'yard.Vault' });
  await appendFile(path.join(fixture.folder, 'src/Vm.sol'), '// A comment.\n');
  await expect(client.verifications.check({ contract: address })).rejects.toMatchObject({
    code: 'NOT_RECOMPILED',
    message: expect.stringContaining('src/Vm.sol has changed since'),
  });
});

test('after a change of comments the code is the same but for its metadata', async () => {
  const { address } = await client.contracts.show({ contract: 'yard.Vault' });
  expect((await deploy(client, project, {})).status).toBe('succeeded');
  expect(await client.verifications.check({ contract: address })).toMatchObject({
    ...{ runtime: 'partial', creation: 'partial' },
    constructorArguments: (77).toString(16).padStart(64, '0'),
  });
  const sent = await client.verifications.submit({ contract: address, to: 'sourcify' });
  expect(sent).toMatchObject({ state: 'verified', match: 'partial' });
});

test('what the service has not decided is pending, and asked for again by another core', async () => {
  service.pendingFor = Number.POSITIVE_INFINITY;
  const waiting = client.verifications.submit({ contract: 'yard.Maker', to: 'sourcify' });
  const newest = async () => (await client.verifications.list({ limit: 1 }))[0];
  await expect
    .poll(newest)
    .toMatchObject({ state: 'pending', contract: 'src/Vm.sol:Maker', endedAt: null });
  const id = (await newest())?.id ?? 0;
  expect(await client.verifications.get({ id })).toMatchObject({ state: 'pending' });
  await core.app.close();
  expect(await waiting).toMatchObject({ id, state: 'pending' });
  await using later = await openTestApp({ home: core.home });
  const { client: again } = await openDoor('in-process', later.app);
  service.pendingFor = 0;
  expect(await again.verifications.get({ id })).toMatchObject({ state: 'verified' });
});
