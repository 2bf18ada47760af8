import path from 'node:path';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { Token } from '../../lib/source-tokens.ts';
import { isMark, isName } from './literals.ts';

const MOST_IMPORTS = 100;

/** What a source names with a path of its own: imports, exports from, and requires. */
export function importsIn(tokens: readonly Token[]): string[] {
  const found = new Set<string>();
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind !== 'string' || !text?.startsWith('.')) continue;
    const isImported = isName(tokens[at - 1], 'from', 'import');
    const isCalled = isMark(tokens[at - 1], '(') && isName(tokens[at - 2], 'require', 'import');
    if (isImported || isCalled) found.add(text);
    if (found.size >= MOST_IMPORTS) break;
  }
  return [...found];
}

const EXTENSIONS = ['ts', 'js', 'cts', 'cjs', 'mts', 'mjs'];

/** The file that an import of another one means, relative to the project; undefined: none there. */
export function importedFile(
  files: ProjectFiles,
  from: string,
  specifier: string,
): string | undefined {
  const asked = path.posix.join(path.posix.dirname(from), specifier);
  if (asked.startsWith('..')) return undefined;
  const bare = asked.replace(/\.[cm]?[jt]s$/, '');
  const tried = [
    asked,
    ...EXTENSIONS.map((extension) => `${asked}.${extension}`),
    // TypeScript imports by the names that its output has.
    ...(bare === asked ? [] : EXTENSIONS.map((extension) => `${bare}.${extension}`)),
    ...EXTENSIONS.map((extension) => `${asked}/index.${extension}`),
  ];
  return tried.find((file) => files.stat(file)?.isFile());
}
