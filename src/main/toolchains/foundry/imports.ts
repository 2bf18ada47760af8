import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FoundryConfig } from './config.ts';

/** Finds the file that an import names: absolute, or undefined when there is none. */
export type ResolveImport = (importer: string, imported: string) => Promise<string | undefined>;

interface Remapping {
  context: string;
  prefix: string;
  target: string;
}

/**
 * Resolves imports as forge does, without starting it: relative ones, remappings (the longest
 * context, then the longest prefix wins), the project's root, and the library folders with the
 * usual places in them (`src`, `contracts`).
 */
export async function importResolver(
  folder: string,
  config: FoundryConfig,
): Promise<ResolveImport> {
  const remappings = [
    ...config.remappings.map(parseRemapping).filter((one) => one !== undefined),
    ...(await detectedRemappings(folder, config.libs)),
  ];
  const exists = rememberFiles();

  return async (importer, imported) => {
    if (imported.startsWith('./') || imported.startsWith('../')) {
      return exists(path.resolve(path.dirname(importer), imported));
    }
    const from = path.relative(folder, importer).split(path.sep).join('/');
    const best = remappings
      .filter((one) => from.startsWith(one.context) && imported.startsWith(one.prefix))
      .sort((a, b) => b.context.length - a.context.length || b.prefix.length - a.prefix.length)[0];
    const places = [
      ...(best ? [path.resolve(folder, best.target + imported.slice(best.prefix.length))] : []),
      path.resolve(folder, imported),
      ...config.libs.map((lib) => path.resolve(folder, lib, imported)),
    ];
    for (const place of places) {
      const found = await exists(place);
      if (found) return found;
    }
    return undefined;
  };
}

function parseRemapping(text: string): Remapping | undefined {
  const match = /^(?:([^=:]*):)?([^=]+)=(.*)$/.exec(text);
  if (!match) return undefined;
  return { context: match[1] ?? '', prefix: match[2] ?? '', target: match[3] ?? '' };
}

/** `lib/name/{src,contracts,.}` stands for `name/`; a configured remapping goes before it. */
async function detectedRemappings(folder: string, libs: string[]): Promise<Remapping[]> {
  const found = await Promise.all(
    libs
      .filter((lib) => path.basename(lib) !== 'node_modules')
      .map(async (lib) => {
        const names = await readdir(path.resolve(folder, lib)).catch(() => []);
        return Promise.all(
          names.slice(0, 500).map(async (name) => {
            for (const inner of ['src', 'contracts']) {
              if (await isFolder(path.resolve(folder, lib, name, inner))) {
                return { context: '', prefix: `${name}/`, target: `${lib}/${name}/${inner}/` };
              }
            }
            return { context: '', prefix: `${name}/`, target: `${lib}/${name}/` };
          }),
        );
      }),
  );
  return found.flat();
}

function rememberFiles(): (file: string) => Promise<string | undefined> {
  const known = new Map<string, Promise<string | undefined>>();
  return (file) => {
    const asked =
      known.get(file) ??
      stat(file).then(
        (found) => (found.isFile() ? file : undefined),
        () => undefined,
      );
    known.set(file, asked);
    return asked;
  };
}

const isFolder = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
