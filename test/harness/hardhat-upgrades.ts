import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Client } from './doors.ts';
import {
  copyHardhatFixture,
  type HardhatFixture,
  type HardhatFixtureName,
} from './hardhat-fixture.ts';

export interface HardhatProject {
  id: number;
  fixture: HardhatFixture;
}

/** A copy of a fixture with further files. */
export async function hardhatWith(
  name: HardhatFixtureName,
  files: Record<string, string>,
  { inContainer = false } = {},
): Promise<HardhatFixture> {
  const fixture = await copyHardhatFixture(name, { inContainer });
  for (const [file, text] of Object.entries(files)) {
    const whole = path.join(fixture.project, file);
    await mkdir(path.dirname(whole), { recursive: true });
    await writeFile(whole, text);
  }
  return fixture;
}

/** The same as a project. HOME is the fixture's from then on, except for containers. */
export async function addHardhatProject(
  client: Client,
  name: HardhatFixtureName,
  files: Record<string, string>,
  { inContainer = false } = {},
): Promise<HardhatProject> {
  const fixture = await hardhatWith(name, files, { inContainer });
  if (!inContainer) process.env.HOME = fixture.home;
  const { id } = await client.projects.add({ path: fixture.project, name, kind: 'hardhat' });
  return { id, fixture };
}

const BOXES = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
import {Box} from "./Box.sol";
contract BoxGrown is Box { uint256 public more; }
contract BoxMoved {
  address public keeper;
  uint256 public value;
  bool private isReady;
  function initialize(uint256 value_) external { require(!isReady, "ready already"); isReady = true; value = value_; }
}
`;

const UPGRADE = `const { ethers } = require('hardhat');
async function main() {
  const Next = await ethers.getContractFactory(process.env.NEXT);
  const next = await Next.deploy();
  await next.waitForDeployment();
  const admin = await ethers.getContractAt(
    ['function upgradeAndCall(address proxy, address implementation, bytes data) payable'],
    process.env.ADMIN,
  );
  await (await admin.upgradeAndCall(process.env.PROXY, await next.getAddress(), '0x')).wait();
}
main().catch((error) => { console.error(error); process.exitCode = 1; });
`;

/**
 * What the fixture `two-upgrades` gets beside its own script, which puts a box behind a transparent
 * proxy: a script that upgrades `PROXY` by `ADMIN` to `NEXT`, which is `BoxGrown` or `BoxMoved`; the
 * latter breaks what is there.
 */
export const BOX_UPGRADES = {
  'contracts/Boxes.sol': BOXES,
  'scripts/upgrade.js': UPGRADE,
};
