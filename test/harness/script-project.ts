import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Fixture } from './fixture.ts';

/** The cheat codes that scripts of these projects use, and a contract to deploy. */
const VM = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.13;
interface Vm {
  function startBroadcast() external;
  function startBroadcast(uint256) external;
  function startBroadcast(address) external;
  function stopBroadcast() external;
  function createSelectFork(string calldata) external returns (uint256);
  function addr(uint256) external returns (address);
  function envUint(string calldata) external returns (uint256);
  function envBytes32(string calldata) external returns (bytes32);
  function ffi(string[] calldata) external returns (bytes memory);
}
abstract contract Script {
  Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
}
contract C {
  uint256 public x;
  constructor(uint256 a) payable { x = a; }
  function set(uint256 a) external { x = a; }
}
`;

/**
 * A Foundry project whose scripts are made from the bodies of their `run()`, so that they can
 * contain addresses and ports of the test. Deleted at the end of its scope.
 *
 * @param contracts Solidity of further contracts that the scripts use
 * @param scripts body of `run()` by the name of the script: `Deploy` is `script/Deploy.s.sol`
 */
export async function scriptProject(
  scripts: Record<string, string>,
  contracts = '',
): Promise<Fixture> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'drydock-scripts-')));
  await mkdir(path.join(folder, 'src'));
  await mkdir(path.join(folder, 'script'));
  await writeFile(path.join(folder, 'foundry.toml'), '[profile.default]\nlibs = ["lib"]\n');
  await writeFile(path.join(folder, 'src/Vm.sol'), VM + contracts);
  for (const [name, body] of Object.entries(scripts)) {
    await writeFile(path.join(folder, `script/${name}.s.sol`), scriptSource(name, body));
  }
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

const scriptSource = (name: string, body: string): string =>
  `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.13;
import "../src/Vm.sol";
contract ${name} is Script { function run() external { ${body} } }
`;
