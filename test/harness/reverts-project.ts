import { readFileSync } from 'node:fs';
import path from 'node:path';
import { appRoot } from '#main/lib/app-root.ts';
import { builds, compileSolidity, type Solidity } from './solidity.ts';
import { type WrittenFolder, writtenFolder } from './written-folder.ts';

export interface RevertsProject extends WrittenFolder {
  contracts: Map<string, Solidity>;
}

const SOURCE = 'src/Reverts.sol';

/**
 * `test/fixtures/inside` as a Foundry project that forge has built, with the sources kept in the
 * build.
 *
 * @param build of which settings
 */
export async function revertsProject(
  build: keyof typeof builds = 'optimised',
): Promise<RevertsProject> {
  const contracts = compileSolidity(SOURCE, builds[build]);
  const content = readFileSync(path.join(appRoot(), 'test/fixtures/inside', SOURCE), 'utf8');
  const files: Record<string, unknown> = {
    'foundry.toml': '[profile.default]\n',
    [SOURCE]: content,
    'out/build-info/built.json': {
      ...{ id: 'built', source_id_to_path: { 0: SOURCE }, language: 'Solidity' },
      input: { sources: { [SOURCE]: { content } } },
    },
  };
  for (const { name, abi, creation, runtime } of contracts.values()) {
    const metadata = {
      compiler: { version: '0.8.30' },
      settings: { ...builds[build], compilationTarget: { [SOURCE]: name } },
      sources: { [SOURCE]: { keccak256: '0x' } },
    };
    files[`out/Reverts.sol/${name}.json`] = {
      ...{ abi, metadata, id: 0 },
      bytecode: { ...creation, object: `0x${creation.object}` },
      deployedBytecode: { ...runtime, object: `0x${runtime.object}` },
    };
  }
  const folder = await writtenFolder(files);
  return { ...folder, contracts };
}
