import path from 'node:path';
import type { ProjectFiles } from '../lib/project-files.ts';

/** Finds the file of an import: absolute, or undefined when there is none. */
export type ResolveImport = (importer: string, imported: string) => string | undefined;

/** Imports of files that begin with the context, and that begin with the prefix, are of the target. */
export interface Remapping {
  context: string;
  prefix: string;
  target: string;
}

/** Where imports of a project lead, relative to its folder. */
export interface ImportRules {
  remappings: readonly Remapping[];
  /** Folders with packages or libraries. */
  libs: readonly string[];
}

/**
 * Resolves relative imports, then by remappings (the longest context, then the longest prefix wins),
 * from the project's root, and in the folders of libraries.
 */
export function importResolver(
  files: ProjectFiles,
  { remappings, libs }: ImportRules,
): ResolveImport {
  const { folder } = files;
  const exists = rememberFiles(files);

  return (importer, imported) => {
    if (imported.startsWith('./') || imported.startsWith('../')) {
      return exists(path.resolve(path.dirname(importer), imported));
    }
    const from = path.relative(folder, importer).split(path.sep).join('/');
    const fitting = remappings
      .filter((one) => from.startsWith(one.context) && imported.startsWith(one.prefix))
      .sort((a, b) => b.context.length - a.context.length || b.prefix.length - a.prefix.length);
    const places = [
      ...fitting.map(({ prefix, target }) => target + imported.slice(prefix.length)),
      imported,
      ...libs.map((lib) => path.join(lib, imported)),
    ];
    for (const place of places) {
      const found = exists(path.resolve(folder, place));
      if (found) return found;
    }
    return undefined;
  };
}

function rememberFiles(files: ProjectFiles): (file: string) => string | undefined {
  const known = new Map<string, boolean>();
  return (file) => {
    const isFile = known.get(file) ?? files.stat(file)?.isFile() ?? false;
    known.set(file, isFile);
    return isFile ? file : undefined;
  };
}
