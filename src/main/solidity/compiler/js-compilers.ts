import path from 'node:path';
import { rcompare, valid } from 'semver';
import { type ProjectFiles, projectFiles } from '../../lib/project-files.ts';
import { requireOutside } from '../../lib/shipped-node.ts';

/** A compiler in the form of the npm package `solc`. */
export interface JsCompiler {
  version: string;
  /** Folder of the package. */
  folder: string;
  from: 'project' | 'drydock';
}

const MOST_COMPILERS = 50;

/**
 * The compilers in `node_modules` of the project, and of the folders above it up to the root of its
 * repository, with any name that starts with `solc`; newest first.
 */
export function projectCompilers(files: ProjectFiles): JsCompiler[] {
  return foldersUpTo(files)
    .map((folder) => path.join(folder, 'node_modules'))
    .flatMap((modules) =>
      files
        .entries(modules)
        .map(({ name }) => name)
        .filter((name) => name.startsWith('solc'))
        .sort()
        .map((name) => path.join(modules, name)),
    )
    .slice(0, MOST_COMPILERS)
    .flatMap((folder) => compilerIn(files, folder, 'project') ?? [])
    .sort((a, b) => rcompare(a.version, b.version));
}

/** The project's folder, then those above it within its boundary. */
function foldersUpTo(files: ProjectFiles): string[] {
  const { boundary } = files;
  const folders: string[] = [];
  for (let one = files.real(files.folder); one; one = path.dirname(one)) {
    folders.push(one);
    if (one === boundary || one === path.dirname(one)) break;
  }
  return folders;
}

/** The compiler that comes with Drydock. */
export function shippedCompiler(): JsCompiler | undefined {
  try {
    const manifest = requireOutside(import.meta.url).resolve('solc/package.json');
    const folder = path.dirname(manifest);
    return compilerIn(projectFiles(folder), folder, 'drydock');
  } catch {
    return undefined;
  }
}

function compilerIn(
  files: ProjectFiles,
  folder: string,
  from: JsCompiler['from'],
): JsCompiler | undefined {
  try {
    const real = files.real(folder);
    if (real === undefined) return undefined;
    const manifest = JSON.parse(files.text(path.join(real, 'package.json'))) as {
      name?: string;
      version?: string;
    };
    const version = manifest.name === 'solc' ? valid(manifest.version) : null;
    return version ? { version, folder: real, from } : undefined;
  } catch {
    return undefined;
  }
}
