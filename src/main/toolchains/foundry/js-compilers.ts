import { readdir, readFile, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { rcompare, valid } from 'semver';

/** A compiler in the form of the npm package `solc`. */
export interface JsCompiler {
  version: string;
  /** Folder of the package. */
  folder: string;
  from: 'project' | 'drydock';
}

/** Those in the project's node_modules under any name that begins with `solc`, newest first. */
export async function projectCompilers(project: string): Promise<JsCompiler[]> {
  const modules = path.join(project, 'node_modules');
  const names = (await readdir(modules).catch(() => [])).filter((name) => name.startsWith('solc'));
  const found = await Promise.all(
    names.map((name) => compilerIn(path.join(modules, name), 'project')),
  );
  return found.filter((one) => one !== undefined).sort((a, b) => rcompare(a.version, b.version));
}

/** The one that comes with Drydock. */
export async function shippedCompiler(): Promise<JsCompiler | undefined> {
  try {
    const manifest = createRequire(import.meta.url).resolve('solc/package.json');
    return await compilerIn(path.dirname(manifest), 'drydock');
  } catch {
    return undefined;
  }
}

async function compilerIn(
  folder: string,
  from: JsCompiler['from'],
): Promise<JsCompiler | undefined> {
  try {
    const real = await realpath(folder);
    const manifest = JSON.parse(await readFile(path.join(real, 'package.json'), 'utf8')) as {
      name?: string;
      version?: string;
    };
    const version = manifest.name === 'solc' ? valid(manifest.version) : null;
    return version ? { version, folder: real, from } : undefined;
  } catch {
    return undefined;
  }
}
