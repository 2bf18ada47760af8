import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { projectFiles } from '../../lib/project-files.ts';
import { askedVariables, inSource } from './asked-variables.ts';

async function written(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
}

test('cheat codes ask for what they name, and some go on without it', () => {
  const source = `
    string private constant OWNER = "OWNER_ADDRESS";
    function envUint(string calldata) external; // vm.envUint("COMMENTED")
    /* vm.envUint("COMMENTED")
       over lines */ address owner = vm.envAddress(OWNER);
    uint256 key = vm
      .envUint( "PRIVATE_KEY" );
    uint256[] memory all = vm.envUint("LIST", ",");
    bool on = vm.envOr('SWITCH', false) || vm.envExists("THERE");
    bytes32 salt = vm.envBytes32(string.concat("SALT_", name));
  `;
  const { asked, problems } = inSource(source, 'script/A.s.sol');
  expect(asked.map(({ name, place, isOptional }) => [name, place, isOptional])).toEqual([
    ['OWNER_ADDRESS', 'script/A.s.sol:5', false],
    ['PRIVATE_KEY', 'script/A.s.sol:7', false],
    ['LIST', 'script/A.s.sol:8', false],
    ['SWITCH', 'script/A.s.sol:9', true],
    ['THERE', 'script/A.s.sol:9', true],
  ]);
  expect(problems).toEqual([
    'script/A.s.sol:10 asks for a variable whose name only running it tells.',
  ]);
});

test('a script asks for what it imports asks for, and no other script', async () => {
  await using folder = await temporaryFolder();
  await written(folder.path, {
    'foundry.toml':
      '[profile.default]\n[rpc_endpoints]\nmain = "https://x/$' + '{PROVIDER_KEY}"\n[fmt]\n',
    '.env': 'OWNER=1\n',
    'script/A.s.sol': 'import {Base} from "./Base.sol"; contract A { function run() external {} }',
    'script/Base.sol': 'contract Base { function owner() internal { vm.envAddress("OWNER"); } }',
    'script/B.s.sol': 'contract B { function run() external { vm.envUint("OF_B"); } }',
    'lib/forge-std/src/Base.sol': 'contract C { function c() internal { vm.envUint("STD"); } }',
  });
  const files = projectFiles(folder.path);
  const names = async (input: Record<string, unknown>) => {
    const { asked, given } = await askedVariables(files, input);
    expect(given).toEqual([{ name: 'OWNER', file: '.env' }]);
    return asked.map(({ name }) => name).sort();
  };
  expect(await names({ script: 'script/A.s.sol:A' })).toEqual(['OWNER', 'PROVIDER_KEY']);
  expect(await names({})).toEqual(['OF_B', 'OWNER', 'PROVIDER_KEY']);
  expect(await names({ script: 'src/C.sol:C', sig: 'constructor()' })).toEqual(['PROVIDER_KEY']);
});

test('a configuration that can not be read is told', async () => {
  await using folder = await temporaryFolder();
  await written(folder.path, { 'foundry.toml': '[profile' });
  const { asked, problems } = await askedVariables(projectFiles(folder.path), {});
  expect({ asked, problems }).toEqual({
    asked: [],
    problems: [expect.stringContaining('foundry.toml')],
  });
});

test.each(['vm.envUint(', '.env', '"', '/*', 'string constant A = "', '\n.envUint("A")'])(
  'a long source of %j is read in time',
  (part) => {
    inSource(part.repeat(2_000_000 / part.length), 'A.sol');
  },
);
