import path from 'node:path';
import type { ProjectFiles } from '../../lib/project-files.ts';
import {
  type ImportRules,
  importResolver,
  type Remapping,
  type ResolveImport,
} from '../../solidity/imports.ts';
import { type FoundryConfig, remappingsIn } from './config.ts';

const MOST_LIBRARIES = 1000;
/** `lib/a/lib/b/lib/c/lib/d`. */
const DEEPEST = 4;

/**
 * Where imports lead as forge sees it: the project's own remappings, then those of its libraries and
 * their libraries, and the library folders with the usual folders in them (`src`, `contracts`).
 */
export function importRules(files: ProjectFiles, config: FoundryConfig): ImportRules {
  const libraries = librariesOf(files, config.libs);
  return {
    remappings: [
      ...config.remappings.map(parseRemapping).filter((one) => one !== undefined),
      ...libraries.map((library) => detectedRemapping(files, library)),
      ...libraries.flatMap((library) => remappingsOf(files, library)),
    ],
    libs: config.libs,
  };
}

/** Resolves imports as forge does, without starting it. */
export const importsAsForge = (files: ProjectFiles, config: FoundryConfig): ResolveImport =>
  importResolver(files, importRules(files, config));

/** `context:prefix=target`, the context being optional. */
function parseRemapping(text: string): Remapping | undefined {
  const equals = text.indexOf('=');
  if (equals === -1) return undefined;
  const left = text.slice(0, equals);
  const colon = left.indexOf(':');
  const prefix = left.slice(colon + 1);
  if (prefix === '') return undefined;
  return {
    context: colon === -1 ? '' : left.slice(0, colon),
    prefix,
    target: text.slice(equals + 1),
  };
}

interface Library {
  name: string;
  /** Relative to the project, with forward slashes. */
  folder: string;
}

/** The libraries of the project, then those nested in them, breadth first. */
function librariesOf(files: ProjectFiles, libs: string[]): Library[] {
  const found: Library[] = [];
  let level = libs.filter((lib) => path.basename(lib) !== 'node_modules');
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const inner: string[] = [];
    for (const lib of level) {
      for (const name of namesIn(files, lib)) {
        if (found.length >= MOST_LIBRARIES) return found;
        const folder = path.posix.join(lib, name);
        found.push({ name, folder });
        if (files.stat(`${folder}/lib`)?.isDirectory()) inner.push(`${folder}/lib`);
      }
    }
    level = inner;
  }
  return found;
}

const namesIn = (files: ProjectFiles, lib: string): string[] =>
  files
    .entries(lib)
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .sort()
    .slice(0, 500);

/** `lib/name/{src,contracts,.}` is available as `name/`. */
function detectedRemapping(files: ProjectFiles, { name, folder }: Library): Remapping {
  const inner = ['src/', 'contracts/'].find((one) =>
    files.stat(path.join(folder, one))?.isDirectory(),
  );
  return { context: '', prefix: `${name}/`, target: `${folder}/${inner ?? ''}` };
}

/** A library's own remappings apply to everything that imports it. */
function remappingsOf(files: ProjectFiles, { folder }: Library): Remapping[] {
  return remappingsIn(files, folder)
    .map(parseRemapping)
    .filter((one) => one !== undefined)
    .map(({ prefix, target }) => ({
      context: '',
      prefix,
      target: path.posix.join(folder, target),
    }));
}
