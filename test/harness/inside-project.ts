import { readFileSync } from 'node:fs';
import path from 'node:path';
import { appRoot } from '#main/lib/app-root.ts';
import { builds, compileSolidity, type Solidity } from './solidity.ts';
import { type WrittenFolder, writtenFolder } from './written-folder.ts';

export interface InsideProject extends WrittenFolder {
  contracts: Map<string, Solidity>;
}

/**
 * A file of `test/fixtures/inside` as a Foundry project that forge has built, with the sources kept
 * in the build.
 *
 * @param build of which settings
 * @param withLayouts whether the build has kept how contracts lay out their storage
 */
export async function insideProject(
  source: string,
  build: keyof typeof builds = 'optimised',
  { withLayouts = false } = {},
): Promise<InsideProject> {
  const contracts = compileSolidity(source, builds[build]);
  const content = readFileSync(path.join(appRoot(), 'test/fixtures/inside', source), 'utf8');
  const files: Record<string, unknown> = {
    'foundry.toml': '[profile.default]\n',
    [source]: content,
    'out/build-info/built.json': {
      ...{ id: 'built', source_id_to_path: { 0: source }, language: 'Solidity' },
      input: { sources: { [source]: { content } } },
    },
  };
  for (const { name, abi, creation, runtime, storageLayout } of contracts.values()) {
    const metadata = {
      compiler: { version: '0.8.30' },
      settings: { ...builds[build], compilationTarget: { [source]: name } },
      sources: { [source]: { keccak256: '0x' } },
    };
    files[`out/${path.basename(source)}/${name}.json`] = {
      ...{ abi, metadata, id: 0, ...(withLayouts ? { storageLayout } : {}) },
      bytecode: { ...creation, object: `0x${creation.object}` },
      deployedBytecode: { ...runtime, object: `0x${runtime.object}` },
    };
  }
  const folder = await writtenFolder(files);
  return { ...folder, contracts };
}
