import path from 'node:path';
import type { CompiledContract } from '../../eth/compiled-contract.ts';
import { foldersUp } from '../../lib/folders-up.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import { artifactFiles, readHardhatArtifact } from './artifact-file.ts';

/**
 * What a project's builds have left, and what its deployment tools and well-known packages bring:
 * libraries and production builds are known from Ignition's own artifacts alone. What can't be read,
 * or has no code, is left out.
 */
export async function compiledContracts(files: ProjectFiles): Promise<CompiledContract[]> {
  const modules = foldersUp(files).map((folder) => path.join(folder, 'node_modules'));
  const found: CompiledContract[] = [];
  for (const { file, rank } of artifactFiles(files, modules)) {
    const read = await readHardhatArtifact(files, file, rank);
    if (read && read.contract.creationCode !== '') found.push(read.contract);
  }
  return found;
}
