import type { Artifact } from '../../eth/artifact.ts';
import type { StoredCompilation } from './reader-messages.ts';

/** What an artifact was compiled from, as far as layouts depend on it; null: not all of it is known. */
export function storedCompilation({
  name,
  source,
  sources,
  compilation,
}: Pick<Artifact, 'name' | 'source' | 'sources' | 'compilation'>): StoredCompilation | null {
  const texts: Record<string, { content: string }> = {};
  for (const { path, text } of sources) {
    if (text === null) return null;
    texts[path] = { content: text };
  }
  if (!compilation || !(source in texts)) return null;
  const { version, evmVersion, remappings = [] } = compilation;
  const settings = { remappings, ...(evmVersion === null ? {} : { evmVersion }) };
  return { source, name, version, input: { language: 'Solidity', sources: texts, settings } };
}
