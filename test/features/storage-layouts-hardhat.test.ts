import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLayout } from '#main/eth/artifact-schemas.ts';
import { type ArtifactsBench, openArtifacts } from '#test/harness/artifacts.ts';
import { compileSolidity, type Solidity } from '#test/harness/solidity.ts';
import { type WrittenFolder, writtenFolder } from '#test/harness/written-folder.ts';

const SETTINGS = { optimizer: { enabled: true, runs: 200 } };
const BUILD = 'artifacts/build-info/built.json';

let compiled: Map<string, Solidity>;
beforeAll(async () => {
  compiled = await compileSolidity('src/Stored.sol', SETTINGS);
});

/** A project that Hardhat has built, as each of its versions writes builds down. */
async function hardhatProject(version: 2 | 3): Promise<WrittenFolder> {
  const { name, file, abi, creation, runtime, sources } = compiled.get('Stored') as Solidity;
  const texts = [...sources.values()].map(({ path, text }) => [path, { content: text }] as const);
  const evm = { bytecode: creation, deployedBytecode: runtime };
  const numbers = [...sources].map(([id, one]) => [one.path, { id }] as const);
  const output = {
    sources: Object.fromEntries(numbers),
    contracts: { [file]: { [name]: { evm } } },
  };
  const info = {
    ...{ id: 'built', solcVersion: '0.8.30' },
    input: {
      ...{ language: 'Solidity', sources: Object.fromEntries(texts) },
      settings: { ...SETTINGS, outputSelection: { '*': { '*': ['abi'] } } },
    },
  };
  const folder = `artifacts/${file}`;
  const artifact = {
    ...{ contractName: name, sourceName: file, abi, linkReferences: {} },
    ...{ bytecode: `0x${creation.object}`, deployedBytecode: `0x${runtime.object}` },
  };
  return writtenFolder({
    'hardhat.config.js': 'throw new Error("no code of the project runs");',
    'package.json': { devDependencies: { hardhat: `${version}.0.0` } },
    ...(version === 2
      ? {
          [BUILD]: { ...info, output },
          [`${folder}/${name}.json`]: artifact,
          [`${folder}/${name}.dbg.json`]: {
            buildInfo: path.posix.relative(folder, BUILD),
          },
        }
      : {
          [BUILD]: info,
          [BUILD.replace('.json', '.output.json')]: { output },
          [`${folder}/${name}.json`]: { ...artifact, inputSourceName: file, buildInfoId: 'built' },
        }),
  });
}

describe.each([2, 3] as const)('Hardhat %i', (version) => {
  let project: WrittenFolder;
  let artifacts: ArtifactsBench;
  let stored: number;
  let isTrusted = false;
  beforeAll(async () => {
    project = await hardhatProject(version);
    artifacts = await openArtifacts({ isTrusted: () => isTrusted });
    const id = artifacts.add('stored', project.path, 'hardhat');
    await artifacts.service.fresh(id);
    stored = artifacts.service.byName(id, 'Stored')[0] ?? 0;
  });
  afterAll(async () => {
    await artifacts?.[Symbol.asyncDispose]();
    await project?.[Symbol.asyncDispose]();
  });

  test('no compiler runs for a project that is not trusted, and the setting is named', async () => {
    expect(await artifacts.service.layoutOf(stored)).toEqual({
      layout: null,
      problem: expect.stringMatching(/not trusted.*"storageLayout" in outputSelection/),
    });
  });

  test('a layout that the build has not kept is told by the compiler, from the input of the build', async () => {
    isTrusted = true;
    const first = artifacts.another();
    const expected = readLayout(compiled.get('Stored')?.storageLayout);
    const { layout, problem } = await first.layoutOf(stored);
    expect(problem).toBeNull();
    expect(layout?.storage.map(({ label, slot }) => [label, slot])).toEqual(
      expected?.storage.map(({ label, slot }) => [label, slot]),
    );
    await first.close();
  });

  test('a build that is broken is said not to tell, with the setting', async () => {
    await using folder = await hardhatProject(version);
    await using own = await openArtifacts();
    const id = own.add('broken', folder.path, 'hardhat');
    await writeFile(path.join(folder.path, BUILD), '{"input": {"sources": 1');
    await own.service.fresh(id);
    const { problem } = await own.service.layoutOf(own.service.byName(id, 'Stored')[0] ?? 0);
    expect(problem).toMatch(/not in "build-info" any more.*outputSelection/);
  });
});
