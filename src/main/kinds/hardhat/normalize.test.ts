import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { contractReader } from '../../solidity/contract-reader.ts';
import { normalize } from './normalize.ts';

const MODULE = 'ignition/modules/Vaults.js';
const contracts = contractReader();
afterAll(() => contracts.close());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'drydock-normalize-'));
  put('hardhat.config.js', '');
  put('package.json', '{"devDependencies": {"hardhat": "^2.22.0"}}');
  put(MODULE, "module.exports = buildModule('Vaults', (m) => ({}));");
  put('scripts/deploy.js', '');
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

const of = (asked: unknown) => normalize(contracts.read, asked, folder, { trusted: true });
const code = (field?: string) => expect.objectContaining({ code: field });

test('a module, however its name is written', async () => {
  for (const script of [
    MODULE,
    `./${MODULE}`,
    MODULE.replaceAll('/', '\\'),
    path.join(folder, MODULE),
  ]) {
    expect(await of({ script })).toMatchObject({ script: MODULE, way: 'ignition', snapshot: true });
  }
  expect(await of({ script: MODULE, params: 'A.x=1\n\n B.y=2 ' })).toMatchObject({
    params: ['A.x=1', 'B.y=2'],
  });
});

test('a script takes neither parameters nor tags', async () => {
  const script = 'scripts/deploy.js';
  expect(await of({ script })).toMatchObject({ script, way: 'script', params: [], tags: [] });
  await expect(of({ script, params: ['A.x=1'] })).rejects.toThrow(code('BAD_ARGUMENT'));
  await expect(of({ script, tags: ['token'] })).rejects.toThrow(code('BAD_ARGUMENT'));
});

test('what lies outside, or is not there, is not found', async () => {
  await expect(of({ script: '../other.js' })).rejects.toThrow(code('SCRIPT_NOT_FOUND'));
  await expect(of({ script: 'scripts/gone.js' })).rejects.toThrow(code('SCRIPT_NOT_FOUND'));
});

test('the network in memory of Hardhat 2 can not be taken; that of Hardhat 3 is like others', async () => {
  await expect(of({ script: MODULE, network: 'hardhat' })).rejects.toThrow(code('BAD_ARGUMENT'));
  expect(await of({ script: MODULE, network: 'sepolia' })).toMatchObject({ network: 'sepolia' });
  put('package.json', '{"devDependencies": {"hardhat": "^3.0.0"}}');
  expect(await of({ script: MODULE, network: 'hardhat' })).toMatchObject({ network: 'hardhat' });
});

test('a build profile is of Hardhat 3 alone, and one that there is', async () => {
  await expect(of({ script: MODULE, profile: 'production' })).rejects.toThrow(
    'Hardhat 2 has no build profiles',
  );
  put('package.json', '{"devDependencies": {"hardhat": "^3.0.0"}}');
  put('hardhat.config.js', 'export default { solidity: "0.8.30" };');
  expect(await of({ script: MODULE, profile: 'production' })).toMatchObject({
    profile: 'production',
  });
  await expect(of({ script: MODULE, profile: 'fast' })).rejects.toThrow(
    'no build profile fast. There are: default, production.',
  );
});

test('options are those of the version, and of the task that deploys', async () => {
  const script = 'scripts/deploy.js';
  const options = async (asked: string[], entry = script) =>
    (await of({ script: entry, options: asked })).options;
  expect(await options(['--no-compile', '--max-memory=4096'])).toEqual([
    ...['--no-compile', '--max-memory=4096'],
  ]);
  expect(await options(['--strategy=create2', '--reset'], MODULE)).toEqual([
    ...['--strategy=create2', '--reset'],
  ]);
  expect(await options([])).toBeUndefined();
  for (const [wrong, reason] of [
    ['--strategy=create2', 'Drydock knows no option --strategy of npx hardhat run.'],
    ['--verbosity=3', 'no option --verbosity'],
    ['--network=main', "--network can't be passed on."],
    ['--deployment-id=x', 'follows the chain'],
    ['--max-memory=much', 'Give a whole number'],
  ] as const) {
    await expect(options([wrong])).rejects.toThrow(reason);
  }
});

test('a contract is named with its file or by its name alone, and is given what its constructor takes', async () => {
  put(
    'contracts/Yard.sol',
    `import "@parts/Sort.sol"; contract Yard { constructor(Sort sort, uint96[] memory fees) payable {} }
     contract Plain {}`,
  );
  put('contracts/more/Plain.sol', 'contract Plain {} abstract contract Half {}');
  put('node_modules/@parts/Sort.sol', 'enum Sort { Small, Large } contract Part {}');
  const script = 'contracts/Yard.sol:Yard';
  const args = ['1', '[1,2]'];
  for (const named of ['Yard', script, `./${script}`]) {
    expect(await of({ script: named, args, value: '1 gwei' })).toMatchObject({
      ...{ script, way: 'contract', args, value: '1000000000' },
    });
  }
  expect(await of({ script: '@parts/Sort.sol:Part' })).toMatchObject({
    ...{ script: '@parts/Sort.sol:Part', way: 'contract', args: [] },
  });
  await expect(of({ script: 'Plain' })).rejects.toThrow('contracts/more/Plain.sol:Plain');
  await expect(of({ script: 'contracts/more/Plain.sol:Half' })).rejects.toThrow('is abstract');
  await expect(of({ script, args: ['1'] })).rejects.toThrow('takes 2 arguments');
  await expect(of({ script, args: ['300', '[]'] })).rejects.toThrow('Argument 1 (sort)');
  await expect(of({ script: MODULE, args })).rejects.toThrow('takes no args');
  await expect(of({ script, args, params: ['A.x=1'] })).rejects.toThrow(code('BAD_ARGUMENT'));
  await expect(of({ script: '../out.sol:Out' })).rejects.toThrow(code('SCRIPT_NOT_FOUND'));
});

test('a project without scripts deploys its only contract', async () => {
  rmSync(path.join(folder, 'ignition'), { recursive: true });
  rmSync(path.join(folder, 'scripts'), { recursive: true });
  await expect(of({})).rejects.toThrow('nothing to deploy');
  put('contracts/Yard.sol', 'interface Port {} contract Yard {}');
  expect(await of({})).toMatchObject({ script: 'contracts/Yard.sol:Yard', way: 'contract' });
  put('contracts/More.sol', 'contract More {}');
  await expect(of({})).rejects.toThrow(code('SCRIPT_AMBIGUOUS'));
});

test('nothing is taken in place of a source that can not be read', async () => {
  rmSync(path.join(folder, 'ignition'), { recursive: true });
  rmSync(path.join(folder, 'scripts'), { recursive: true });
  put('contracts/Good.sol', 'contract Good {}');
  expect(await of({})).toMatchObject({ script: 'contracts/Good.sol:Good' });
  put('contracts/Bad.sol', 'contract Bad {\n  uint256 x = ;\n}');
  const told = expect.objectContaining({
    code: 'SOURCE_UNREADABLE',
    message: expect.stringMatching(/contracts\/Bad\.sol can't be read\. Line 2: /),
  });
  await expect(of({})).rejects.toThrow(told);
  await expect(of({ script: 'Bad' })).rejects.toThrow(told);
  await expect(of({ script: 'contracts/Bad.sol' })).rejects.toThrow(told);
  expect(await of({ script: 'Good' })).toMatchObject({ script: 'contracts/Good.sol:Good' });
  expect(await of({ script: 'contracts/Bad.sol:Bad' })).toMatchObject({ way: 'contract' });
});

test('nor in place of a module or script that can not be read', async () => {
  const outside = path.join(folder, '..', `${path.basename(folder)}.js`);
  writeFileSync(outside, '');
  try {
    symlinkSync(outside, path.join(folder, 'ignition/modules/Another.js'));
    const reading = normalize(contracts.read, {}, folder);
    await expect(reading).rejects.toThrow(code('SCRIPT_AMBIGUOUS'));
    rmSync(path.join(folder, MODULE));
    await expect(normalize(contracts.read, {}, folder)).rejects.toThrow(code('SOURCE_UNREADABLE'));
  } finally {
    rmSync(outside);
  }
});

test('a broken package.json is told of, and no script is taken in place of what it names', async () => {
  rmSync(path.join(folder, 'ignition'), { recursive: true });
  put('deploy/001.js', 'module.exports = async () => {};');
  put('package.json', '{"devDependencies": {"hardhat": "^2.22.0", "hardhat-deploy": "^1.0.0"}}');
  expect(await of({})).toMatchObject({ way: 'hardhat-deploy' });
  put('package.json', '{"devDependencies": {"hardhat": "^2.22.0", "hardhat-deploy": ');
  await expect(of({})).rejects.toMatchObject({
    code: 'SOURCE_UNREADABLE',
    message: expect.stringContaining('package.json is not valid JSON'),
  });
});
