import path from 'node:path';
import { z } from 'zod';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { Token } from '../../lib/source-tokens.ts';
import { configIn } from './config-file.ts';
import { type Constants, constantsOf, isMark, isName, literalAt } from './literals.ts';
import type { ReadSource } from './source-reader.ts';

/**
 * Folders of a project that its configuration may move, relative to it with forward slashes. All but
 * the artifacts are in the project: Drydock writes there, and moves what is there.
 */
export interface ProjectPaths {
  artifacts: string;
  cache: string;
  /** Of Ignition: `modules`, and `deployments`, its records. */
  ignition: string;
  /** Records of hardhat-deploy. */
  deployments: string;
  /** The scripts of hardhat-deploy. */
  deploy: readonly string[];
  /** The contracts. */
  sources: readonly string[];
}

export const USUAL_PATHS: ProjectPaths = {
  artifacts: 'artifacts',
  cache: 'cache',
  ignition: 'ignition',
  deployments: 'deployments',
  deploy: ['deploy'],
  sources: ['contracts'],
};

/** Where Ignition looks for modules. */
export const modulesFolder = ({ ignition }: ProjectPaths): string => `${ignition}/modules`;

type Moved = Partial<ProjectPaths>;
/** Drydock writes to them. */
const OWN_FOLDERS = ['cache', 'ignition', 'deployments'] as const;

/** As the configuration says it in literals; the usual ones for what it doesn't say so. */
export function pathsOf(files: ProjectFiles, read: (file: string) => ReadSource): ProjectPaths {
  const config = configIn(files, files.folder);
  const source = config === undefined ? undefined : read(config);
  return source && 'tokens' in source
    ? moved(files, USUAL_PATHS, literalPaths(source.tokens))
    : USUAL_PATHS;
}

/** Most words of a configuration's `paths`. */
const LONGEST = 200;

/** `paths: { artifacts: "./build/artifacts", deploy: ["deploy"] }`, of several the first. */
export function literalPaths(tokens: readonly Token[]): Moved {
  const start = tokens.findIndex(
    (token, at) =>
      isName(token, 'paths') && isMark(tokens[at + 1], ':') && isMark(tokens[at + 2], '{'),
  );
  if (start < 0) return {};
  const constants = constantsOf(tokens);
  const found: Record<string, unknown> = {};
  for (let at = start + 3, open = 1; open > 0 && at < start + LONGEST; at += 1) {
    if (isMark(tokens[at], '{', '[', '(')) open += 1;
    if (isMark(tokens[at], '}', ']', ')')) open -= 1;
    const key = tokens[at];
    const isKey = open === 1 && (key?.kind === 'name' || key?.kind === 'string');
    if (!isKey || key.text === undefined || !isMark(tokens[at + 1], ':')) continue;
    found[key.text] = literalsAt(tokens, at + 2, constants);
  }
  // Everything is relative to a root that isn't known.
  return 'root' in found ? {} : (said.safeParse(found).data ?? {});
}

function literalsAt(tokens: readonly Token[], at: number, constants: Constants) {
  if (!isMark(tokens[at], '[')) {
    const literal = literalAt(tokens, at, constants);
    return literal && isMark(tokens[literal.end], ',', '}') ? literal.value : undefined;
  }
  const all: unknown[] = [];
  for (let next = at + 1; next < at + LONGEST; ) {
    const literal = literalAt(tokens, next, constants);
    if (!literal) return undefined;
    all.push(literal.value);
    next = literal.end + (isMark(tokens[literal.end], ',') ? 1 : 0);
    if (isMark(tokens[next], ']')) return isMark(tokens[next + 1], ',', '}') ? all : undefined;
  }
  return undefined;
}

/** What is said in another way isn't known. */
const folder = z.string().min(1).max(1000).optional().catch(undefined);
const folders = z
  .preprocess((one) => (typeof one === 'string' ? [one] : one), z.array(z.string().max(1000)))
  .optional()
  .catch(undefined);
const said = z.object({
  artifacts: folder,
  cache: folder,
  ignition: folder,
  deployments: folder,
  deploy: folders,
  sources: folders,
});
const toldParams = z.tuple([said.omit({ deploy: true, sources: true })]);

/** As the tool that runs has resolved them. @param params of its message */
export const toldPaths = (
  files: ProjectFiles,
  before: ProjectPaths,
  params: unknown,
): ProjectPaths => moved(files, before, toldParams.safeParse(params).data?.[0] ?? {});

function moved(files: ProjectFiles, before: ProjectPaths, to: Moved): ProjectPaths {
  const next = { ...before };
  for (const name of OWN_FOLDERS) next[name] = within(files, to[name]) ?? before[name];
  if (to.artifacts !== undefined) {
    next.artifacts = slashed(path.relative(files.folder, path.resolve(files.folder, to.artifacts)));
  }
  for (const name of ['deploy', 'sources'] as const) {
    const all = to[name]?.map((one) => within(files, one)).filter((one) => one !== undefined);
    if (all && all.length > 0) next[name] = all;
  }
  return next;
}

/** Of a folder in the project, also when links are followed; undefined for any other. */
function within(files: ProjectFiles, said: string | undefined): string | undefined {
  if (said === undefined) return undefined;
  const full = path.resolve(files.folder, said);
  const name = path.relative(files.folder, full);
  if (name === '' || isOutside(name)) return undefined;
  const [root, real] = [files.real(files.folder), realOf(files, full)];
  if (root === undefined || real === undefined) return undefined;
  if (isOutside(path.relative(root, real))) return undefined;
  return slashed(name);
}

const slashed = (name: string) => name.split(path.sep).join('/');

const isOutside = (name: string) => name.split(path.sep)[0] === '..' || path.isAbsolute(name);

/** Links are followed in what is there of a path. */
function realOf(files: ProjectFiles, full: string): string | undefined {
  let at = full;
  while (files.stat(at) === undefined && path.dirname(at) !== at) at = path.dirname(at);
  const real = files.real(at);
  return real === undefined ? undefined : path.join(real, path.relative(at, full));
}
