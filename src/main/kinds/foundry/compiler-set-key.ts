import { sha256 } from '../../lib/sha256.ts';

/**
 * A name for a folder that holds these compilers. Differs for the same versions from other places:
 * no project runs a compiler that another project provided.
 */
export function compilerSetKey(compilers: readonly { version: string; folder: string }[]): string {
  const sorted = compilers.map(({ version, folder }) => `${version} ${folder}`).sort();
  const versions = compilers.map(({ version }) => version).sort();
  return `${versions.slice(0, 4).join('+')}-${sha256(sorted.join('\n')).slice(0, 12)}`;
}
