import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { projectFiles } from '../../lib/project-files.ts';
import { readConfig } from './config.ts';
import { importsAsForge } from './imports.ts';
import { type ScriptUse, scriptUse } from './script-use.ts';

async function lookedThrough(sources: Record<string, string>): Promise<ScriptUse> {
  await using folder = await temporaryFolder();
  for (const [name, text] of Object.entries(sources)) {
    const file = path.join(folder.path, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const files = projectFiles(folder.path);
  const look = () =>
    uses(
      files,
      () => importsAsForge(files, readConfig(files)),
      path.join(folder.path, 'script/Deploy.s.sol'),
    );
  const uses = scriptUse();
  const first = await look();
  expect(await look()).toEqual(first);
  return first;
}

/** As in forge-std, which every script imports. */
const VM = `interface Vm {
  /// Takes a fork identifier created by \`createFork\` and sets the active one. See selectFork.
  function createFork(string calldata url) external returns (uint256);
  function createSelectFork(string calldata url) external returns (uint256);
  function selectFork(uint256 id) external;
  function readFile(string calldata path) external view returns (string memory);
  function parseJsonBytes(string calldata json, string calldata key) external returns (bytes memory);
}
contract StdCheats { function f() internal { vm.readFile("broadcast/run-latest.json"); } }`;

const script = (body: string) =>
  `import {Vm} from "forge-std/Vm.sol";\nimport '../src/Base.sol';\ncontract Deploy { function run() external { ${body} } }`;
const with_ = (body: string, base = '') => ({
  'foundry.toml': '[profile.default]\n',
  'lib/forge-std/src/Vm.sol': VM,
  'src/Base.sol': base,
  'script/Deploy.s.sol': script(body),
});

test.each([
  ['nothing', false, with_('new C();')],
  ['a comment', false, with_('/* vm.selectFork(1) */ new C(); // createFork')],
  ['a call', true, with_('vm.createSelectFork("mainnet");')],
  ['a call behind an address', true, with_('string memory u = "http://x"; vm.selectFork(1);')],
  [
    'a call in what is imported',
    true,
    with_('', 'contract Base { function f() internal { vm.createFork("x"); } }'),
  ],
  [
    'a signature',
    true,
    with_('address(vm).call(abi.encodeWithSignature("selectFork(uint256)", 1));'),
  ],
  ['a file that can not be read', true, { 'foundry.toml': '' }],
] as const)('%s: %s', async (_, expected, sources) => {
  expect((await lookedThrough(sources)).forks).toBe(expected);
});

test.each([
  ['nothing', false, with_('new C();')],
  ['a comment', false, with_('new C(); // upgradeTo(x) comes later')],
  ['another word', false, with_('new Upgradeable(); string memory s = "upgraded";')],
  ['a call', true, with_('proxy.upgradeToAndCall(address(new C()), "");')],
  ['a call by an admin', true, with_('admin.upgrade(proxy, address(c));')],
  ['a selector', true, with_('safe.exec(hex"3659cfe6");')],
  ['a cut of a diamond', true, with_('IDiamondCut(d).diamondCut(cuts, address(0), "");')],
  ['data of a file', true, with_('safe.exec(vm.parseBytes(vm.readFile("call.hex")));')],
  ['data of the environment', true, with_('safe.exec(vm.envBytes("CALL"));')],
  ['a word about files', false, with_('new C(); // vm.readFile comes later')],
  ['numbers of the environment', false, with_('new C(vm.envUint("START"));')],
  [
    'a call in what is imported, beside one that selects a chain',
    true,
    with_('vm.createFork("x");', 'contract Base { function f() internal { p.upgradeTo(a); } }'),
  ],
  ['a file that can not be read', true, { 'foundry.toml': '' }],
] as const)('an upgrade by %s: %s', async (_, expected, sources) => {
  expect((await lookedThrough(sources)).upgrades).toBe(expected);
});

test('sources that are made to take long are looked through in one go', async () => {
  const hostile = [
    'import '.repeat(250_000),
    '/*'.repeat(900_000),
    `${'import "'.repeat(100_000)}createFork`,
    `createFork ${"'".repeat(1_000_000)}`,
  ];
  for (const text of hostile) {
    const { forks } = await lookedThrough({ ...with_(''), 'src/Base.sol': text });
    expect(forks).toEqual(expect.any(Boolean));
  }
});
