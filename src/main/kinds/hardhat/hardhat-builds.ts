import path from 'node:path';
import { readLinks } from '../../eth/linked-code.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { ContractBuilds } from '../one-contract/creation-plan.ts';
import { readHardhatArtifact } from './artifact-file.ts';
import { compiledContracts } from './compiled-contracts.ts';
import type { ProjectPaths } from './project-paths.ts';

/** What Hardhat has left in the folder of its artifacts. */
export function hardhatBuilds(files: ProjectFiles, paths: ProjectPaths): ContractBuilds {
  let all: ReturnType<ContractBuilds['all']> | undefined;
  return {
    async find(file, name) {
      const artifact = path.join(paths.artifacts, sourceOf(file), `${name}.json`);
      const read = await readHardhatArtifact(files, artifact, 0);
      return read && { ...read.contract, links: readLinks(read.written.linkReferences) };
    },
    all: () => (all ??= compiledContracts(files, paths)),
  };
}

/**
 * The folder of a source's artifacts. Version 3 compiles `project/contracts/A.sol` and
 * `npm/@scope/name@1.2.3/A.sol`, and packages are named as sources import them.
 */
const sourceOf = (file: string): string =>
  file
    .replace(/^node_modules\//, '')
    .replace(/^project\//, '')
    .replace(/^npm\/((?:@[^/]+\/)?[^@/]+)@[^/]+\//, '$1/');
