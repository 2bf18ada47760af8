import { encodeAbiParameters, encodeFunctionData, type Hex, keccak256, toHex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DiffVariable } from '#main/features/state-diff/contract.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';

const WHO = '0x00000000000000000000000000000000DeaDBeef';
const SENDER = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const ROLE = keccak256(toHex('HARBOUR_MASTER_ROLE'));
const MINTER = keccak256(toHex('MINTER_ROLE'));

let chain: FollowedChain;
let project: InsideProject;

beforeAll(async () => {
  chain = await FollowedChain.open();
  project = await insideProject('src/Roles.sol', 'optimised', { withLayouts: true });
  await chain.client.projects.add({ path: project.path, name: 'roles' });
});
afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

async function create(name: string, encoded = '0x'): Promise<string> {
  const { creation } = project.contracts.get(name) ?? {};
  const data: Hex = `0x${creation?.object}${encoded.slice(2)}`;
  return (await chain.send({ data })).contractAddress;
}

function call(name: string, to: string, functionName: string, args: unknown[]) {
  const { abi = [] } = project.contracts.get(name) ?? {};
  return chain.send({ to, data: encodeFunctionData({ abi, functionName, args }) });
}

/** What changes of a contract meanwhile. */
async function during(address: string, work: () => Promise<unknown>): Promise<DiffVariable[]> {
  const { id: before } = await chain.client.chains.snapshot({ chain: 'local' });
  await work();
  const found: DiffVariable[] = [];
  for await (const part of await chain.client.stateDiff.compare({ chain: 'local', before })) {
    const isOfIt = part.type === 'storage' && part.address.toLowerCase() === address;
    if (isOfIt) found.push(...part.variables);
  }
  return found;
}

const told = (variables: DiffVariable[]) =>
  variables.map(({ before, after, authority }) => [authority, before, after]);

test('roles are told by their names with who has them, owners by what they are', async () => {
  const roles = await create('Roles');
  const changes = await during(roles, async () => {
    await call('Roles', roles, 'grantRole', [ROLE, WHO]);
    await call('Roles', roles, 'grantRole', [MINTER, WHO]);
    await call('Roles', roles, 'revokeRole', [`0x${'0'.repeat(64)}`, SENDER]);
    await call('Roles', roles, 'govern', [ROLE, MINTER]);
    await call('Roles', roles, 'transferOwnership', [WHO]);
  });
  expect(told(changes)).toEqual(
    expect.arrayContaining([
      [{ kind: 'role', role: 'HARBOUR_MASTER_ROLE', account: WHO }, 'false', 'true'],
      [{ kind: 'role', role: 'MINTER_ROLE', account: WHO }, 'false', 'true'],
      [{ kind: 'role', role: 'DEFAULT_ADMIN_ROLE', account: SENDER }, 'true', 'false'],
      [
        { kind: 'role admin', role: 'HARBOUR_MASTER_ROLE', account: null },
        `0x${'0'.repeat(64)}`,
        MINTER,
      ],
      [{ kind: 'owner', role: null, account: null }, SENDER, WHO],
    ]),
  );
  expect(changes).toHaveLength(5);
});

test('the logic of a proxy is told with what it stores, whoever upgraded it', async () => {
  const { abi = [] } = project.contracts.get('Upgrading') ?? {};
  const [first, second] = [await create('Upgrading'), await create('Upgrading')];
  const initialize = encodeFunctionData({ abi, functionName: 'initialize', args: [SENDER] });
  const types = [{ type: 'address' }, { type: 'bytes' }];
  const proxy = await create(
    'ERC1967Proxy',
    encodeAbiParameters(types, [first as Hex, initialize]),
  );
  const changes = await during(proxy, async () => {
    await call('Upgrading', proxy, 'upgradeToAndCall', [second, '0x']);
    await call('Upgrading', proxy, 'transferOwnership', [WHO]);
  });
  expect(told(changes)).toEqual(
    expect.arrayContaining([
      [
        { kind: 'implementation', role: null, account: null },
        expect.stringMatching(new RegExp(first, 'i')),
        expect.stringMatching(new RegExp(second, 'i')),
      ],
      [{ kind: 'owner', role: null, account: null }, SENDER, WHO],
    ]),
  );
  expect(changes).toHaveLength(2);
});

test('a contract that came and one that went are told by the names that they have or had', async () => {
  const gone = await create('Roles');
  const { id: before } = await chain.client.chains.snapshot({ chain: 'local' });
  const come = await create('Upgrading');
  await chain.call('anvil_setCode', [gone, '0x']);
  const accounts = new Map<string, unknown>();
  for await (const part of await chain.client.stateDiff.compare({ chain: 'local', before })) {
    if (part.type === 'account') accounts.set(part.account.address.toLowerCase(), part.account);
  }
  expect(accounts.get(gone)).toMatchObject({ contract: 'Roles', code: { after: { hash: null } } });
  expect(accounts.get(come)).toMatchObject({
    contract: 'Upgrading',
    code: { before: { bytes: 0, hash: null }, after: { hash: expect.stringMatching(/^0x/) } },
  });
});
