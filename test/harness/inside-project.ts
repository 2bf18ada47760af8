import path from 'node:path';
import { keccak256 } from 'viem';
import type { SourceText } from '#main/eth/inside/source-text.ts';
import { builds, compileSolidity, type Solidity } from './solidity.ts';
import { type WrittenFolder, writtenFolder } from './written-folder.ts';

export interface InsideProject extends WrittenFolder {
  contracts: Map<string, Solidity>;
}

/**
 * A file of `test/fixtures/inside` as a Foundry project that forge has built, with all sources kept in
 * the build.
 *
 * @param build of which settings
 * @param withLayouts whether the build has kept how contracts lay out their storage
 */
export async function insideProject(
  source: string,
  build: keyof typeof builds = 'optimised',
  { withLayouts = false } = {},
): Promise<InsideProject> {
  const contracts = await compileSolidity(source, builds[build]);
  const [{ sources } = { sources: new Map<number, SourceText>() }] = contracts.values();
  const texts = [...sources.values()];
  const contents = texts.map(({ path, text }) => [path, { content: text }] as const);
  const files: Record<string, unknown> = {
    'foundry.toml': '[profile.default]\n',
    ...Object.fromEntries(texts.map(({ path, text }) => [path, text])),
    'out/build-info/built.json': {
      ...{ id: 'built', language: 'Solidity' },
      source_id_to_path: Object.fromEntries([...sources].map(([id, { path }]) => [id, path])),
      input: { sources: Object.fromEntries(contents) },
    },
  };
  const idOf = new Map([...sources].map(([id, { path }]) => [path, id]));
  for (const { name, file, abi, creation, runtime, storageLayout } of contracts.values()) {
    const metadata = {
      compiler: { version: '0.8.30' },
      settings: { ...builds[build], compilationTarget: { [file]: name } },
      sources: Object.fromEntries(
        texts.map(({ path, text }) => [path, { keccak256: keccak256(Buffer.from(text)) }]),
      ),
    };
    files[`out/${path.basename(file)}/${name}.json`] = {
      ...{ abi, metadata, id: idOf.get(file), ...(withLayouts ? { storageLayout } : {}) },
      bytecode: { ...creation, object: `0x${creation.object}` },
      deployedBytecode: { ...runtime, object: `0x${runtime.object}` },
    };
  }
  const folder = await writtenFolder(files);
  return { ...folder, contracts };
}
