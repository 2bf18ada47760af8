import path from 'node:path';
import type { ProjectFiles } from '../../lib/project-files.ts';

const MOST_BYTES = 100_000;
const LONGEST_TEXT = 200;

/** What Drydock needs of a package.json; what is of another kind than it should be is left out. */
export interface Manifest {
  /** Its own version. */
  version?: string;
  /** The ranges of its dependencies of every sort, by the names of the packages. */
  packages: Record<string, string>;
  /** E.g. `pnpm@10.4.1+sha512.…`. */
  packageManager?: string;
  /** The range of Node versions that `engines` allows. */
  node?: string;
  /** Its `.js` and `.ts` files are ES modules. */
  isModule: boolean;
  /** Patterns for the folders of a monorepo's packages, relative to it. */
  workspaces: string[];
}

/** As much of a project's files as tells what is installed. */
export type ManifestFiles = Pick<ProjectFiles, 'folder' | 'boundary' | 'textIfAny'>;

/** undefined: there is no package.json in that folder, or none that can be read. */
export function manifestIn(
  files: Pick<ProjectFiles, 'textIfAny'>,
  folder: string,
): Manifest | undefined {
  const text = files.textIfAny(path.join(folder, 'package.json'), MOST_BYTES);
  if (text === undefined) return undefined;
  let json: Table;
  try {
    json = asTable(JSON.parse(text));
  } catch {
    return undefined;
  }
  const sorts = [
    json.peerDependencies,
    json.optionalDependencies,
    json.devDependencies,
    json.dependencies,
  ];
  const packages = sorts.flatMap((sort) =>
    Object.entries(asTable(sort)).flatMap(([name, range]) => {
      const asked = asText(range);
      return asked === undefined ? [] : [[name, asked] as const];
    }),
  );
  return {
    version: asText(json.version),
    packages: Object.fromEntries(packages),
    packageManager: asText(json.packageManager),
    node: asText(asTable(json.engines).node),
    isModule: json.type === 'module',
    workspaces: textsIn(json.workspaces).concat(textsIn(asTable(json.workspaces).packages)),
  };
}

/** What is wrong with the first package.json of these folders that is no JSON, as a sentence. */
export function manifestProblem(
  files: Pick<ProjectFiles, 'textIfAny' | 'folder'>,
  folders: readonly string[],
): string | undefined {
  for (const folder of folders) {
    const file = path.join(folder, 'package.json');
    try {
      JSON.parse(files.textIfAny(file, MOST_BYTES) ?? '{}');
    } catch {
      const name = path.relative(files.folder, file).split(path.sep).join('/');
      return `${name} is not valid JSON, so what the project uses is not known. Correct it, and try again.`;
    }
  }
  return undefined;
}

type Table = Record<string, unknown>;

const asTable = (value: unknown): Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap((one) => asText(one) ?? []) : [];

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_TEXT ? value : undefined;
