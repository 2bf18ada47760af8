import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { projectFiles } from '../../lib/project-files.ts';
import { readConfig } from './config.ts';
import { forkUse } from './fork-use.ts';
import { importsAsForge } from './imports.ts';

async function usesForks(sources: Record<string, string>): Promise<boolean> {
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
  const uses = forkUse();
  const first = await look();
  expect(await look()).toBe(first);
  return first;
}

/** As in forge-std, which every script imports. */
const VM = `interface Vm {
  /// Takes a fork identifier created by \`createFork\` and sets the active one. See selectFork.
  function createFork(string calldata url) external returns (uint256);
  function createSelectFork(string calldata url) external returns (uint256);
  function selectFork(uint256 id) external;
}`;

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
  expect(await usesForks(sources)).toBe(expected);
});

test('sources that are made to take long are looked through in one go', async () => {
  const hostile = [
    'import '.repeat(250_000),
    '/*'.repeat(900_000),
    `${'import "'.repeat(100_000)}createFork`,
    `createFork ${"'".repeat(1_000_000)}`,
  ];
  for (const text of hostile) {
    expect(await usesForks({ ...with_(''), 'src/Base.sol': text })).toEqual(expect.any(Boolean));
  }
});
