import type { ProjectFiles } from '../../lib/project-files.ts';
import type { Entry, Parameter } from '../../shared/kind.ts';
import { codeBelow } from './code-below.ts';
import { importedFile, importsIn } from './imports-in.ts';
import { type IgnitionModule, modulesIn } from './module-source.ts';
import type { ReadSource } from './source-reader.ts';

const GROUP = 'Ignition modules';
/** Files that a module is made of. */
const MOST_PARTS = 50;

interface Part {
  modules: IgnitionModule[];
  /** Relative to the project. */
  uses: string[];
}

/**
 * Each file that builds a module, with the parameters of that module and of those that it uses, as
 * `Module.name`. The default is the only one that no other uses.
 *
 * @param folder with Ignition's modules
 */
export function ignitionEntries(
  files: ProjectFiles,
  folder: string,
  read: (file: string) => ReadSource,
): Entry[] {
  const listed = codeBelow(files, folder);
  const parts = new Map<string, Part>();
  const partOf = (file: string): Part => {
    const part = parts.get(file) ?? readPart(files, file, read(file));
    parts.set(file, part);
    return part;
  };
  const used = new Set(listed.flatMap((file) => partOf(file).uses));
  // What can't be read may build one.
  const mayBuild = (file: string) => {
    const source = read(file);
    return !('tokens' in source) || source.unread !== undefined || partOf(file).modules.length > 0;
  };
  const roots = listed.filter((file) => !used.has(file) && mayBuild(file));
  const isRoot = (file: string) => roots.length === 1 && roots[0] === file;
  return listed.map((file) => {
    const source = read(file);
    const own = partOf(file).modules.at(-1);
    const entry = { value: file, label: own?.id ?? nameOf(file, folder), group: GROUP };
    if ('problem' in source) {
      return { ...entry, isDefault: isRoot(file), calls: [], problem: source.problem };
    }
    const modules = reachable(file, partOf).flatMap((part) => part.modules);
    const parameters = modules.flatMap(parametersOf);
    const note = noteOf(source.unread, modules);
    return {
      ...entry,
      isDefault: isRoot(file),
      calls: [deployCall(parameters)],
      ...((parameters.length > 0 || note !== undefined) && { asks: { params: [] } }),
      ...(note !== undefined && { note }),
      ...(!own && source.unread === undefined && { leftOut: 'It builds no module.' }),
    };
  });
}

function noteOf(
  unread: string | undefined,
  modules: readonly IgnitionModule[],
): string | undefined {
  if (unread !== undefined) return `${unread} Its parameters are not known.`;
  return modules.some((one) => one.hasUnknown)
    ? 'There may be more parameters: not every name of one is written there.'
    : undefined;
}

function readPart(files: ProjectFiles, file: string, source: ReadSource): Part {
  if ('problem' in source) return { modules: [], uses: [] };
  const uses = importsIn(source.tokens).map((name) => importedFile(files, file, name));
  return { modules: modulesIn(source.tokens), uses: uses.filter((one) => one !== undefined) };
}

/** A file's own part, then those of what it imports. */
function reachable(file: string, partOf: (file: string) => Part): Part[] {
  const seen = new Set([file]);
  for (const one of seen) {
    for (const next of partOf(one).uses) if (seen.size < MOST_PARTS) seen.add(next);
  }
  return [...seen].map(partOf);
}

const parametersOf = ({ id, parameters }: IgnitionModule): Parameter[] =>
  parameters.map((one) => ({ ...one, name: `${id}.${one.name}` }));

const deployCall = (parameters: Parameter[]) => ({
  value: 'deploy',
  label: 'deploy',
  isDefault: true,
  parameters,
});

const nameOf = (file: string, folder: string): string =>
  file.slice(folder.length + 1).replace(/\.\w+$/, '');
