import path from 'node:path';
import { z } from 'zod';
import { type ProjectFiles, RefusedFile } from '../../lib/project-files.ts';
import { projectWriter } from '../../lib/project-writer.ts';

/** By names of Ignition's folders, e.g. `chain-31337`. */
const instances = z.record(z.string(), z.unknown());

/**
 * What the chain has to call itself so that Ignition keeps its records of it. On development chains
 * it notes what the node calls itself, and deletes its records when that is another name: anvil has
 * a new one each time it is started. What the project has noted is taken as it is; where nothing is,
 * this makes the note.
 *
 * @param cache that folder of the project, relative
 */
export async function instanceId(
  files: ProjectFiles,
  cache: string,
  chainId: number,
  own: string,
): Promise<string> {
  const file = path.join(cache, '.hardhat-network-instances.json');
  const name = `chain-${chainId}`;
  const noted = read(files, file);
  const known = noted[name];
  if (typeof known === 'string') return known;
  const { folder, boundary } = files;
  const text = JSON.stringify({ ...noted, [name]: own }, null, 2);
  try {
    await projectWriter(folder, { boundary }).put(file, text);
  } catch (error) {
    // The tool notes it by itself, wherever its cache is.
    if (!(error instanceof RefusedFile)) throw error;
  }
  return own;
}

/** Has the node call itself so. */
export const metadataOf = (instanceId: string) => ({
  hardhat_metadata: (result: unknown) =>
    typeof result === 'object' && result !== null ? { ...result, instanceId } : result,
});

function read(files: ProjectFiles, file: string): Record<string, unknown> {
  try {
    return instances.parse(JSON.parse(files.text(file)));
  } catch {
    return {};
  }
}
