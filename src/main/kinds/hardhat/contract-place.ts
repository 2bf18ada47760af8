import path from 'node:path';
import { foldersUp } from '../../lib/folders-up.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { ReadContracts } from '../../solidity/contract-reader.ts';
import type { ContractPlace } from '../one-contract/choose-contract.ts';
import { pathsOf } from './project-paths.ts';
import { sourceReader } from './source-reader.ts';

const MOST_FILES = 2000;

/** @param trusted the folder's code may run: links out of it are followed */
export function contractPlace(
  read: ReadContracts,
  files: ProjectFiles,
  trusted: boolean,
): ContractPlace {
  const { folder } = files;
  const libs = foldersUp(files).map((one) => path.join(one, 'node_modules'));
  const ask = (sources: readonly string[], named: boolean) =>
    read({ folder, trusted, sources, named, imports: { remappings: [], libs } });
  // A contract of a package is named as sources import it.
  const placeOf = (file: string) =>
    [file, ...libs.map((lib) => path.join(lib, file))].find((one) => files.stat(one)?.isFile());
  return {
    all: () => ask(ownSources(files), false),
    async named(file) {
      const { contracts, others, unread, isCut } = await ask([placeOf(file) ?? file], true);
      return {
        contracts: contracts.map((one) => ({ ...one, file })),
        others: others.map((one) => ({ ...one, file })),
        unread: unread.map((one) => ({ ...one, file })),
        isCut,
      };
    },
    exists: (file) => placeOf(file) !== undefined,
  };
}

/** The project's contracts without tests in Solidity, relative to it. */
function ownSources(files: ProjectFiles): string[] {
  const { sources } = pathsOf(files, sourceReader(files));
  const enter = (name: string) => name !== 'node_modules' && !name.startsWith('.');
  const found: string[] = [];
  for (const folder of sources) {
    for (const file of files.below(folder, enter)) {
      if (found.length >= MOST_FILES) break;
      if (!file.endsWith('.sol') || file.endsWith('.t.sol')) continue;
      found.push(path.relative(files.folder, file).split(path.sep).join('/'));
    }
  }
  return found.sort();
}
