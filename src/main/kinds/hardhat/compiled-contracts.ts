import type { CompiledContract } from '../../eth/compiled-contract.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import { artifactFiles, readHardhatArtifact } from './artifact-file.ts';

/**
 * What a project's builds have left, and what its deployment tools and well-known packages bring:
 * libraries and production builds are known from Ignition's own artifacts alone. What can't be read,
 * or has no code, is left out.
 *
 * @param modules folders `node_modules` from the project upwards
 */
export async function compiledContracts(
  files: ProjectFiles,
  modules: readonly string[],
): Promise<CompiledContract[]> {
  const found: CompiledContract[] = [];
  for (const { file, rank } of artifactFiles(files, modules)) {
    const read = await readHardhatArtifact(files, file, rank);
    if (read && read.contract.creationCode !== '') found.push(read.contract);
  }
  return found;
}
