import { type ProjectFiles, RefusedFile } from '../../lib/project-files.ts';
import { type Token, tokensOf } from '../../lib/source-tokens.ts';

/** Bytes of one source: those that deploy have a few thousand. */
const MOST_OF_FILE = 64_000;
/** Bytes of all sources of a project, which are split at once. */
const MOST_OF_PROJECT = 400_000;

/**
 * A source, or why it can't be one. `unread` says why nothing of it is known though it may run.
 */
export type ReadSource = { tokens: Token[]; unread?: string } | { problem: string };

/** Reads sources of a project, each once, as long as they aren't too much together. */
export function sourceReader(files: ProjectFiles): (file: string) => ReadSource {
  const read = new Map<string, ReadSource>();
  let left = MOST_OF_PROJECT;
  const readNow = (file: string): ReadSource => {
    if (left <= 0) return { tokens: [], unread: 'The project has more scripts than can be read.' };
    try {
      const text = files.text(file, MOST_OF_FILE);
      left -= text.length;
      return { tokens: tokensOf(text) };
    } catch (error) {
      if (!(error instanceof RefusedFile)) throw error;
      const why = `${error.message}.`;
      return error.refusal === 'too-big' ? { tokens: [], unread: why } : { problem: why };
    }
  };
  return (file) => {
    const known = read.get(file) ?? readNow(file);
    read.set(file, known);
    return known;
  };
}
