import path from 'node:path';
import { readLinks } from '../../eth/linked-code.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { ContractBuilds } from '../one-contract/creation-plan.ts';
import { artifactFiles, readForgeArtifact } from './artifact-file.ts';
import { compiledContracts } from './compiled-contracts.ts';

/** What forge has left in `outFolder`; of several builds of a contract the newest counts. */
export function forgeBuilds(files: ProjectFiles, outFolder: string): ContractBuilds {
  let all: ReturnType<ContractBuilds['all']> | undefined;
  return {
    async find(file, name) {
      // `out/Token.sol/Token.json`, or `Token.0.8.30.json` of one of several compilers.
      const isOf = (artifact: string) =>
        path.basename(path.dirname(artifact)) === path.posix.basename(file) &&
        path.basename(artifact).startsWith(`${name}.`);
      const fitting = artifactFiles(files, outFolder)
        .filter(isOf)
        .map((artifact) => ({ artifact, time: files.stat(artifact)?.mtimeMs ?? 0 }))
        .sort((a, b) => b.time - a.time);
      for (const { artifact } of fitting) {
        const read = await readForgeArtifact(files, artifact);
        const target = read?.written.metadata?.settings.compilationTarget;
        if (!read || (target && target[file] !== name)) continue;
        return { ...read.contract, links: readLinks(read.written.bytecode.linkReferences) };
      }
      return null;
    },
    all: () => (all ??= compiledContracts(files, outFolder)),
  };
}
