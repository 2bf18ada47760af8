import path from 'node:path';
import type { CompiledContract } from '../../eth/compiled-contract.ts';
import { foldersUp } from '../../lib/folders-up.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import { artifactFiles, readHardhatArtifact } from './artifact-file.ts';
import { type ProjectPaths, pathsOf } from './project-paths.ts';
import { sourceReader } from './source-reader.ts';

/**
 * What a project's builds have left, and what its deployment tools and well-known packages bring:
 * libraries and production builds are known from Ignition's own artifacts alone. What can't be read,
 * or has no code, is left out.
 *
 * @param paths of the project; default: as its configuration says them
 */
export async function compiledContracts(
  files: ProjectFiles,
  paths: ProjectPaths = pathsOf(files, sourceReader(files)),
): Promise<CompiledContract[]> {
  const modules = foldersUp(files).map((folder) => path.join(folder, 'node_modules'));
  const found: CompiledContract[] = [];
  for (const { file, rank } of artifactFiles(files, paths, modules)) {
    const read = await readHardhatArtifact(files, file, rank);
    if (read && read.contract.creationCode !== '') found.push(read.contract);
  }
  return found;
}
