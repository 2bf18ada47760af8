import type { CompiledContract } from '../../eth/compiled-contract.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import { artifactFiles, readForgeArtifact } from './artifact-file.ts';

/** What forge has built in `outFolder`. Omits what can't be read, or has no code. */
export async function compiledContracts(
  files: ProjectFiles,
  outFolder: string,
): Promise<CompiledContract[]> {
  const found: CompiledContract[] = [];
  for (const file of artifactFiles(files, outFolder)) {
    const read = await readForgeArtifact(files, file);
    if (read && read.contract.creationCode !== '') found.push(read.contract);
  }
  return found;
}
