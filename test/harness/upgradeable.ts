import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { copyFixture, type Fixture } from './fixture.ts';

const HEAD = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {OwnableUpgradeable} from "@openzeppelin/contracts-upgradeable/access/OwnableUpgradeable.sol";
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {TransparentUpgradeableProxy} from "@openzeppelin/contracts/proxy/transparent/TransparentUpgradeableProxy.sol";
import {Counter} from "./Counter.sol";
`;

/** An upgrade of the counter that breaks nothing. */
export const GROWN = `contract Grown is Counter { uint256 public steps; }
`;

/** An upgrade of the counter that puts another variable in its place. */
export const SHIFTED = `contract Shifted is OwnableUpgradeable, UUPSUpgradeable {
  address public keeper;
  uint256 public count;
  constructor() { _disableInitializers(); }
  function initialize(address owner, uint256 start) external initializer { __Ownable_init(owner); count = start; }
  function increment() external { count += 1; }
  function version() external pure returns (uint256) { return 1; }
  function _authorizeUpgrade(address) internal override onlyOwner {}
}
`;

/** A function of a script that upgrades the counter behind a proxy. */
export const upgradeTo = (name: string, created: string): string => `
  function ${name}(address proxy) external {
    vm.startBroadcast();
    Counter(proxy).upgradeToAndCall(address(${created}), "");
    vm.stopBroadcast();
  }`;

export const UPGRADES = upgradeTo('safe', 'new Grown()') + upgradeTo('unsafe', 'new Shifted()');

export interface MoreOfProject {
  /** Solidity of further contracts; OpenZeppelin's proxies, `Counter` and their bases are imported. */
  contracts: string;
  /** Functions of the script `script/More.s.sol`. */
  functions: string;
  /** What the script declares beside itself. */
  declares?: string;
}

export const MORE = 'script/More.s.sol';

/** Adds `src/More.sol` and `script/More.s.sol` to a copy of the fixture `upgradeable`. */
export async function writeMore(
  folder: string,
  { contracts, functions, declares = '' }: MoreOfProject,
): Promise<void> {
  const script = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;
import {Script} from "./Script.sol";
import "../src/More.sol";
${declares}
contract More is Script {${functions}
}
`;
  await writeFile(path.join(folder, 'src/More.sol'), HEAD + contracts);
  await writeFile(path.join(folder, MORE), script);
}

export async function upgradeableProject(more: MoreOfProject): Promise<Fixture> {
  const fixture = await copyFixture('upgradeable');
  await writeMore(fixture.folder, more);
  return fixture;
}
