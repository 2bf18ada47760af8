import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appRoot } from '#main/lib/app-root.ts';
import { compileAgain } from '#main/solidity/compiler/compile-again.ts';
import { type WrittenFolder, writtenFolder } from '#test/harness/written-folder.ts';
import { openHardhatArtifacts } from './artifacts.ts';
import { downloadedCompilers } from './downloaded-compilers.ts';

const OLD = path.join(appRoot(), 'node_modules/solc-0.5.16');
const SOLJSON = 'soljson-v0.5.16+commit.9c3226ce.js';
const SOURCE = 'pragma solidity 0.5.16; contract Old { uint128 a; uint128 public b; }';

const CODE = { object: '6001', sourceMap: '' };

/** What Hardhat 2 leaves of a compile by a version that nothing but its cache has here. */
const project = (): Promise<WrittenFolder> =>
  writtenFolder({
    'package.json': { devDependencies: { hardhat: '2.0.0' } },
    'artifacts/build-info/built.json': {
      ...{ id: 'built', solcVersion: '0.5.16' },
      input: {
        ...{ language: 'Solidity', sources: { 'contracts/Old.sol': { content: SOURCE } } },
        settings: { optimizer: { enabled: true, runs: 200 }, outputSelection: {} },
      },
      output: {
        sources: { 'contracts/Old.sol': { id: 0 } },
        contracts: {
          'contracts/Old.sol': { Old: { evm: { bytecode: CODE, deployedBytecode: CODE } } },
        },
      },
    },
    'artifacts/contracts/Old.sol/Old.json': {
      ...{ contractName: 'Old', sourceName: 'contracts/Old.sol', abi: [], linkReferences: {} },
      ...{ bytecode: '0x6001', deployedBytecode: '0x6001' },
    },
    'artifacts/contracts/Old.sol/Old.dbg.json': { buildInfo: '../../build-info/built.json' },
  });

// Elsewhere the cache has another place.
describe.runIf(process.platform === 'linux')('compilers that Hardhat has downloaded', () => {
  let caches: WrittenFolder;
  let before: string | undefined;
  const platform = process.arch === 'arm64' ? 'linux-arm64' : 'linux-amd64';
  const folder = (generation: string, one: string) =>
    path.join(caches.path, 'hardhat-nodejs', generation, one);

  beforeAll(async () => {
    caches = await writtenFolder({});
    before = process.env.XDG_CACHE_HOME;
    process.env.XDG_CACHE_HOME = caches.path;
  });
  afterAll(async () => {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
    await caches?.[Symbol.asyncDispose]();
  });

  test('nothing is found where it has never downloaded any', () => {
    expect(downloadedCompilers()).toEqual([]);
  });

  test('one in WebAssembly compiles again what it has compiled, of a trusted project alone', async () => {
    await mkdir(folder('compilers-v2', 'wasm'), { recursive: true });
    await copyFile(
      path.join(OLD, 'soljson.js'),
      path.join(folder('compilers-v2', 'wasm'), SOLJSON),
    );
    await using built = await project();
    const artifact = path.join(built.path, 'artifacts/contracts/Old.sol/Old.json');
    const from = await openHardhatArtifacts(built.path, { trusted: true }).compiledFrom(artifact);
    if ('problem' in from) throw new Error(from.problem);
    const again = await compileAgain(from, { outputs: ['storageLayout'], as: 'same' });
    expect(again).toMatchObject({
      compiler: '0.5.16',
      output: {
        storageLayout: {
          storage: [
            { label: 'a', offset: 0 },
            { label: 'b', offset: 16 },
          ],
        },
      },
    });
    const untrusted = openHardhatArtifacts(built.path, { trusted: false });
    expect(await untrusted.compiledFrom(artifact)).toEqual({
      problem: 'its project is not trusted',
    });
  });

  test('a program comes first, unless it does not run here or is not whole', async () => {
    const programs = folder('compilers-v3', platform);
    await mkdir(programs, { recursive: true });
    const put = async (name: string, text: string, mode = 0o755) => {
      const file = path.join(programs, name);
      await writeFile(file, text);
      await chmod(file, mode);
    };
    const script = (version: string) => `#!${process.execPath}
const solc = require(${JSON.stringify(OLD)});
process.stdout.write(solc.compile(require('node:fs').readFileSync(0, 'utf8')));
// ${version}`;
    const named = (version: string) => `solc-${platform}-v${version}+commit.00000000`;
    await put(named('0.5.16'), script('0.5.16'));
    await put(named('0.5.15'), script('0.5.15'));
    await put(`${named('0.5.15')}.does.not.work`, '');
    await put(named('0.5.14'), '');
    await put(named('0.5.13'), script('0.5.13'), 0o644);
    await put('list.json', '{"builds":[]}');
    await put(`solc-${platform}-v0.5.17-nightly.2020.1.1+commit.00000000`, script('nightly'));
    const found = downloadedCompilers();
    expect(found.map(({ version, from }) => [version, from])).toEqual([
      ['0.5.16', 'program'],
      ['0.5.16', 'soljson'],
    ]);
    const input = {
      ...{ language: 'Solidity', sources: { 'Old.sol': { content: SOURCE } } },
      settings: {},
    };
    const again = await compileAgain(
      { source: 'Old.sol', name: 'Old', version: '0.5.16', input, compilers: found.slice(0, 1) },
      { outputs: ['storageLayout'], as: 'plain' },
    );
    expect(again).toMatchObject({ output: { storageLayout: { storage: [{}, {}] } } });
  });
});
