import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { deploy, logOf } from '#test/harness/hardhat-deploy.ts';
import type { HardhatFixture, HardhatFixtureName } from '#test/harness/hardhat-fixture.ts';
import { addHardhatProject, BOX_UPGRADES } from '#test/harness/hardhat-upgrades.ts';
import { made } from '#test/harness/made.ts';

let core: TestApp;
let client: Client;
const home = process.env.HOME;
const fixtures: HardhatFixture[] = [];

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  await client.chains.start({ chain: 'local' });
}, 60_000);

afterAll(async () => {
  process.env.HOME = home;
  await core?.[Symbol.asyncDispose]();
  for (const one of fixtures) await one[Symbol.asyncDispose]();
});

async function projectWith(
  name: HardhatFixtureName,
  files: Record<string, string>,
): Promise<number> {
  const { id, fixture } = await addHardhatProject(client, name, files);
  fixtures.push(fixture);
  return id;
}

const behind = async (proxy: string) =>
  (await client.contracts.show({ contract: proxy })).proxy?.implementation.contract;

const addressOf = (run: DeploymentDetail, name: string): string =>
  made(run).contracts.find((one) => one.name === name)?.address ?? '';

async function allowed(stopped: DeploymentDetail): Promise<DeploymentDetail> {
  const input = stopped.failure?.fix?.call?.input;
  expect(input).toEqual({
    id: stopped.id,
    changes: { input: { allowUnsafeUpgrade: true } },
  });
  const { id } = await client.deployments.retry({
    ...{ id: stopped.id, changes: { input: { allowUnsafeUpgrade: true } } },
  });
  for await (const batch of await client.deployments.watch({ id })) void batch;
  return client.deployments.get({ id });
}

const WITH_PLUGIN = `const { ethers, upgrades } = require('hardhat');
async function main() {
  const Next = await ethers.getContractFactory(process.env.NEXT);
  await upgrades.upgradeProxy(process.env.PROXY, Next, { unsafeSkipStorageCheck: true });
}
main().catch((error) => { console.error(error); process.exitCode = 1; });
`;

describe('a Hardhat script that upgrades a transparent proxy', () => {
  let project: number;
  let proxy: string;
  let admin: string;

  beforeAll(async () => {
    project = await projectWith('two-upgrades', {
      ...BOX_UPGRADES,
      'scripts/with-plugin.js': WITH_PLUGIN,
    });
    const run = await deploy(client, project, { script: 'scripts/deploy.js' });
    expect(run.status, run.failure?.message).toBe('succeeded');
    proxy = addressOf(run, 'TransparentUpgradeableProxy');
    admin = addressOf(run, 'ProxyAdmin');
  }, 240_000);

  const upgrade = (next: string, script = 'scripts/upgrade.js') => {
    const env = [`NEXT=${next}`, `PROXY=${proxy}`, `ADMIN=${admin}`];
    return deploy(client, project, { script, env });
  };

  test('is stopped where the plugin of OpenZeppelin was told not to look', async () => {
    const run = await upgrade('BoxMoved', 'scripts/with-plugin.js');
    expect(run.failure?.code).toBe('UNSAFE_UPGRADE');
    expect(await behind(proxy)).toBe('Box');
  });

  test('sends it with what was found in its log where it breaks nothing', async () => {
    const run = await upgrade('BoxGrown');
    expect(run.status, run.failure?.message).toBe('succeeded');
    expect(await logOf(client, run.id)).toMatch(/Upgrade of Box behind 0x\w+ to BoxGrown is safe/);
    expect(await behind(proxy)).toBe('BoxGrown');
  });

  test('is stopped before the upgrade where it breaks what is there, and goes on with consent', async () => {
    const run = await upgrade('BoxMoved');
    expect(run.failure).toMatchObject({
      code: 'UNSAFE_UPGRADE',
      message: expect.stringMatching(/BoxGrown behind 0x\w+ to BoxMoved is unsafe.*`keeper`/),
    });
    // The new implementation alone was sent: it does nothing by itself.
    expect(made(run).contracts.map(({ name }) => name)).toEqual(['BoxMoved']);
    expect(made(run).transactions).toHaveLength(1);
    expect(await behind(proxy)).toBe('BoxGrown');
    const next = await allowed(run);
    expect(next.status, next.failure?.message).toBe('succeeded');
    expect(next.warnings).toEqual([expect.stringMatching(/unsafe upgrade .* was allowed/)]);
    expect(await behind(proxy)).toBe('BoxMoved');
  });
});

const SLOT = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc';
const CELLS = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
contract CellProxy {
  constructor(address to) { assembly { sstore(${SLOT}, to) } }
  fallback() external payable {
    assembly {
      calldatacopy(0, 0, calldatasize())
      let ok := delegatecall(gas(), sload(${SLOT}), 0, calldatasize(), 0, 0)
      returndatacopy(0, 0, returndatasize())
      if iszero(ok) { revert(0, returndatasize()) }
      return(0, returndatasize())
    }
  }
}
abstract contract Upgradeable {
  function proxiableUUID() external pure returns (bytes32) { return ${SLOT}; }
  function upgradeToAndCall(address to, bytes calldata) external payable { assembly { sstore(${SLOT}, to) } }
}
contract Cell is Upgradeable { uint256 public value; }
contract CellMoved is Upgradeable { address public keeper; uint256 public value; }
`;

const CELL = `const { buildModule } = require('@nomicfoundation/hardhat-ignition/modules');
module.exports = buildModule('Cell', (m) => {
  const cell = m.contract('Cell');
  return { proxy: m.contract('CellProxy', [cell]) };
});
`;

const MOVED = `const { buildModule } = require('@nomicfoundation/hardhat-ignition/modules');
const Cell = require('./Cell');
module.exports = buildModule('Moved', (m) => {
  const { proxy } = m.useModule(Cell);
  const next = m.contract('CellMoved');
  m.call(m.contractAt('Cell', proxy, { id: 'behind' }), 'upgradeToAndCall', [next, '0x']);
  return { next };
});
`;

test('an Ignition module is stopped before an unsafe upgrade, and goes on with consent', async () => {
  const project = await projectWith('two-ignition', {
    'contracts/Cells.sol': CELLS,
    'ignition/modules/Cell.js': CELL,
    'ignition/modules/Moved.js': MOVED,
  });
  const run = await deploy(client, project, { script: 'ignition/modules/Cell.js' });
  expect(run.status, run.failure?.message).toBe('succeeded');
  const proxy = addressOf(run, 'CellProxy');
  const stopped = await deploy(client, project, { script: 'ignition/modules/Moved.js' });
  expect(stopped.failure).toMatchObject({
    code: 'UNSAFE_UPGRADE',
    message: expect.stringMatching(/Cell behind 0x\w+ to CellMoved is unsafe.*`keeper`/),
  });
  expect(await behind(proxy)).toBe('Cell');
  const next = await allowed(stopped);
  expect(next.status, next.failure?.message).toBe('succeeded');
  expect(await behind(proxy)).toBe('CellMoved');
}, 240_000);
