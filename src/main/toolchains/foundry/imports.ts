import path from 'node:path';
import { look, namesIn } from '../../kit/look.ts';
import type { FoundryConfig } from './config.ts';

/** Finds the file that an import names: absolute, or undefined when there is none. */
export type ResolveImport = (importer: string, imported: string) => string | undefined;

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
export function importResolver(folder: string, config: FoundryConfig): ResolveImport {
  const remappings = [
    ...config.remappings.map(parseRemapping).filter((one) => one !== undefined),
    ...detectedRemappings(folder, config.libs),
  ];
  const exists = rememberFiles();

  return (importer, imported) => {
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
      const found = exists(place);
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
function detectedRemappings(folder: string, libs: string[]): Remapping[] {
  return libs
    .filter((lib) => path.basename(lib) !== 'node_modules')
    .flatMap((lib) =>
      namesIn(path.resolve(folder, lib))
        .slice(0, 500)
        .map((name) => {
          const inner = ['src/', 'contracts/'].find((one) =>
            look(path.resolve(folder, lib, name, one))?.isDirectory(),
          );
          return { context: '', prefix: `${name}/`, target: `${lib}/${name}/${inner ?? ''}` };
        }),
    );
}

function rememberFiles(): (file: string) => string | undefined {
  const known = new Map<string, boolean>();
  return (file) => {
    const isFile = known.get(file) ?? look(file)?.isFile() ?? false;
    known.set(file, isFile);
    return isFile ? file : undefined;
  };
}
