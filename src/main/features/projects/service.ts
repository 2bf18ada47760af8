import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../kit/errors.ts';
import { look } from '../../kit/look.ts';
import { realPathWithin } from '../../kit/path-within.ts';
import type { Toolchain } from '../../toolchains/toolchain.ts';
import type { Change } from '../app/contract.ts';
import type { Emit } from '../events/contract.ts';
import type { GitState, Project, Script } from './contract.ts';
import { expandPath } from './folders.ts';
import { gitState } from './git.ts';
import type { ProjectRow, ProjectsStore } from './store.ts';

export interface ProjectsParts {
  store: ProjectsStore;
  toolchains: readonly Toolchain[];
  emit: Emit;
  changed: (change: Change) => void;
  /** Whether a deployment of the project is queued or running. */
  isBusy: (projectId: number) => boolean;
}

export function projectsService({ store, toolchains, emit, changed, isBusy }: ProjectsParts) {
  const present = (row: ProjectRow): Project => ({ ...row, missing: !existsSync(row.path) });

  function find(ref: number | string): ProjectRow {
    // A name may consist of digits, and the command line can't tell it from an id.
    const row =
      typeof ref === 'number'
        ? store.byId(ref)
        : (store.byName(ref) ??
          (/^\d{1,15}$/.test(ref) ? store.byId(Number(ref)) : undefined) ??
          store.byPath(expandPath(ref)));
    if (row) return row;
    throw new AppError(
      'PROJECT_NOT_FOUND',
      `There is no project "${ref}". List them with "drydock project list", or add its folder.`,
      { field: 'project', fix: { label: 'Show the projects', command: 'drydock project list' } },
    );
  }

  const toolchainOf = (kind: Project['kind']): Toolchain => {
    const toolchain = toolchains.find((t) => t.kind === kind);
    if (!toolchain) throw new Error(`no toolchain for ${kind}`);
    return toolchain;
  };

  async function folderOf(typed: string): Promise<string> {
    const folder = expandPath(typed);
    mustBeFolder(folder);
    return realpath(folder);
  }

  function mustBeFolder(folder: string): void {
    const is = look(folder);
    if (is?.isDirectory()) return;
    const why = is ? 'is a file' : 'does not exist';
    throw new AppError(
      'FOLDER_NOT_FOUND',
      `${folder} ${why}. Give the path of a project's folder.`,
      { field: 'path' },
    );
  }

  async function kindOf(folder: string): Promise<Project['kind']> {
    const reasons: string[] = [];
    for (const toolchain of toolchains) {
      const found = await toolchain.detect(folder);
      if (found.ok) return toolchain.kind;
      reasons.push(found.reason);
    }
    throw new AppError('NOT_A_PROJECT', reasons.join(' '), { field: 'path' });
  }

  function freeName(folder: string): string {
    const base = path.basename(folder) || 'project';
    for (let n = 1; ; n++) {
      const name = n === 1 ? base : `${base}-${n}`;
      if (!store.byName(name)) return name;
    }
  }

  return {
    find,
    toolchainOf,
    list: (): Project[] => store.all().map(present),
    get: (ref: number | string): Project => present(find(ref)),

    /** Adds a folder; one that is there already is answered as it is. */
    async add(input: { path: string; name?: string }): Promise<Project> {
      const folder = await folderOf(input.path);
      const kind = await kindOf(folder);
      const row = store.exclusively(() => {
        const existing = store.byPath(folder);
        if (existing) return existing;
        if (input.name && store.byName(input.name)) {
          throw new AppError(
            'NAME_TAKEN',
            `Another project is called "${input.name}". Choose another name.`,
            { field: 'name' },
          );
        }
        const name = input.name ?? freeName(folder);
        const inserted = store.insert({ name, path: folder, kind, addedAt: Date.now() });
        emit({ type: 'project.added', project: { id: inserted.id, name } });
        return inserted;
      });
      return present(row);
    },

    remove(ref: number | string): Project {
      const row = find(ref);
      if (isBusy(row.id)) {
        throw new AppError(
          'PROJECT_BUSY',
          `A deployment of ${row.name} is under way. Cancel it or wait for its end, then remove the project.`,
        );
      }
      store.exclusively(() => {
        store.remove(row.id);
        emit({ type: 'project.removed', project: { id: row.id, name: row.name } });
      });
      return present(row);
    },

    /** Holds from the next run on. */
    setEngine(ref: number | string, engine: Project['engine']): Project {
      const { id } = find(ref);
      store.setEngine(id, engine);
      changed({ topic: 'projects', key: id });
      return present(find(id));
    },

    /** Chooses the image for its runs in Docker. The file is read when the image is next needed. */
    async setDockerfile(ref: number | string, dockerfile: string | null): Promise<Project> {
      const row = find(ref);
      const relative = dockerfile && (await dockerfileIn(await folderOf(row.path), dockerfile));
      store.setDockerfile(row.id, relative);
      changed({ topic: 'projects', key: row.id });
      return present(find(row.id));
    },

    async scripts(ref: number | string): Promise<Script[]> {
      const row = find(ref);
      mustBeFolder(row.path);
      return toolchainOf(row.kind).scripts(row.path);
    },

    gitOf: gitState,

    async git(ref: number | string): Promise<GitState | null> {
      return gitState(find(ref).path);
    },
  };
}

/** Its path below the folder, with forward slashes, once it is known to be a file there. */
async function dockerfileIn(folder: string, typed: string): Promise<string> {
  const wrong = (why: string) =>
    new AppError(
      'DOCKERFILE_UNUSABLE',
      `${typed} ${why}. Give the path of a Dockerfile within the project's folder, e.g. docker/Dockerfile.`,
      { field: 'dockerfile' },
    );
  const real = await realPathWithin(folder, typed).catch(() => {
    throw wrong('does not exist in the project');
  });
  if (real === undefined) throw wrong('leads out of the project');
  if (!look(real)?.isFile()) throw wrong('is not a file');
  return path.relative(folder, path.resolve(folder, typed)).split(path.sep).join('/');
}

export type ProjectsService = ReturnType<typeof projectsService>;
