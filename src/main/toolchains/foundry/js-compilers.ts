import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { rcompare, valid } from 'semver';
import { namesIn } from '../../kit/look.ts';

/** A compiler in the form of the npm package `solc`. */
export interface JsCompiler {
  version: string;
  /** Folder of the package. */
  folder: string;
  from: 'project' | 'drydock';
}

/** Those in the project's node_modules under any name that begins with `solc`, newest first. */
export function projectCompilers(project: string): JsCompiler[] {
  const modules = path.join(project, 'node_modules');
  return namesIn(modules)
    .filter((name) => name.startsWith('solc'))
    .flatMap((name) => compilerIn(path.join(modules, name), 'project') ?? [])
    .sort((a, b) => rcompare(a.version, b.version));
}

/** The one that comes with Drydock. */
export function shippedCompiler(): JsCompiler | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('solc/package.json');
    return compilerIn(path.dirname(manifest), 'drydock');
  } catch {
    return undefined;
  }
}

function compilerIn(folder: string, from: JsCompiler['from']): JsCompiler | undefined {
  try {
    const real = realpathSync(folder);
    const manifest = JSON.parse(readFileSync(path.join(real, 'package.json'), 'utf8')) as {
      name?: string;
      version?: string;
    };
    const version = manifest.name === 'solc' ? valid(manifest.version) : null;
    return version ? { version, folder: real, from } : undefined;
  } catch {
    return undefined;
  }
}
