import path from 'node:path';
import { type Place, places } from './places.ts';

/** Matches files and takes `{name}` out of them; `**` stands for any number of folders. */
function toPattern(glob: string, name?: string): RegExp {
  const source = glob
    .replaceAll('{ts,tsx,css}', '(?:ts|tsx|css)')
    .replaceAll('{ts,tsx}', '(?:ts|tsx)')
    .replaceAll('.', '\\.')
    .replaceAll('**/', '(?:[^/]+/)<any>')
    .replaceAll('**', '.<any>')
    .replaceAll('*', '[^/]*')
    .replaceAll('<any>', '*')
    .replaceAll('{name}', name ?? '(?<name>[^/]+)');
  return new RegExp(`^${source}$`);
}

function placeOf(file: string): { place: Place; name?: string } | null {
  for (const place of places) {
    const match = toPattern(place.files).exec(file);
    if (match) return { place, name: match.groups?.name };
  }
  return null;
}

/** Where a file of ours that is imported lies; null for a package. */
export function resolve(from: string, specifier: string): string | null {
  const plain = specifier.split('?')[0] ?? '';
  if (plain.startsWith('#')) return `src/${plain.slice(1)}`.replace(/^src\/test\//, 'test/');
  return plain.startsWith('.') ? path.posix.join(path.posix.dirname(from), plain) : null;
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:';
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const names = (list: string[], name: string) =>
  list.some((entry) => entry === name || name.startsWith(`${entry}/`));

/** Says where such a file belongs: in the places that lie nearest to where it was put. */
function whereTo(file: string): string {
  for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
    const near = places.filter(({ files }) => folder === '.' || files.startsWith(`${folder}/`));
    if (near.length === 0) continue;
    const lines = near.map(
      ({ files, holds }) => `  ${files.replace('{name}', '<name>')}: ${holds}`,
    );
    return `${file} lies where nothing of its kind belongs. Right places near it:\n${lines.join('\n')}`;
  }
}

/** What is wrong with where a file lies and with what it imports, as sentences. */
export function judge(file: string, imports: string[]): string[] {
  const found = placeOf(file);
  if (!found) return [whereTo(file)];
  const { place, name } = found;
  const own = toPattern(place.files, name);
  const allowed = place.imports.map((glob) => toPattern(glob, name));
  return imports.flatMap((specifier) => {
    const target = resolve(file, specifier);
    if (target !== null) {
      if ([own, ...allowed].some((pattern) => pattern.test(target))) return [];
      const may = place.imports.map((glob) => glob.replace('{name}', name ?? '*'));
      return [
        `${file} imports ${target}. It (${place.holds}) may import: ${may.join(', ') || 'its neighbours'}`,
      ];
    }
    const needed = packageOf(specifier);
    if (place.packages && !names(place.packages, needed)) {
      return [
        `${file} imports ${needed}. It (${place.holds}) may use: ${place.packages.join(', ') || 'no package'}`,
      ];
    }
    if (place.without && names(place.without, needed)) {
      return [`${file} imports ${needed}, which has no place there (${place.holds})`];
    }
    return [];
  });
}

/** The place that a file is in, for asking whether every one of them is in use. */
export const placeFor = (file: string): Place | undefined => placeOf(file)?.place;
