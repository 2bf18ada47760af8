import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { EngineName } from '../../engines/engine.ts';
import type { Kinds } from '../../kinds/kinds.ts';
import type { LibraryStep } from '../../kinds/libraries.ts';
import { expandPath } from '../../lib/expand-path.ts';
import { statOf } from '../../lib/fs-sync.ts';
import { repositoryRoot } from '../../lib/git/repository.ts';
import { movedBefore } from '../../lib/moved-before.ts';
import { isWithin, realPathWithin } from '../../lib/path-within.ts';
import { type FolderId, isSameFolder } from '../../lib/same-folder.ts';
import { AppError } from '../../shared/errors.ts';
import type { Candidate, Choices, KindInfo } from '../../shared/kind.ts';
import type { OutputLine } from '../../shared/procedure.ts';
import type { Change } from '../app/contract.ts';
import type { Emit } from '../events/contract.ts';
import { type BrowseInput, browseFolder } from './browse-folder.ts';
import type {
  EditInput,
  GitState,
  InstallInput,
  MissingLibraries,
  Project,
  ToolVersion,
  TrustedFolder,
  TrustQuestion,
} from './contract.ts';
import { chooseKind, detect } from './detect.ts';
import { completePath } from './folders.ts';
import { gitState, isPushed } from './git.ts';
import { chosenSteps, type Libraries } from './libraries.ts';
import type { ProjectRow, ProjectsStore } from './store.ts';
import { type PinnedTools, toolVersions } from './tool-versions.ts';
import type { Trust } from './trust.ts';
import { type AboutTrust, notTrusted, trustQuestion } from './trust-question.ts';
import type { TrustedRow } from './trust-store.ts';

export interface ProjectsDependencies {
  store: ProjectsStore;
  trust: Trust;
  libraries: Libraries;
  kinds: Kinds;
  emit: Emit;
  changed: (change: Change) => void;
  /** Whether a deployment of the project is queued or running. */
  isBusy: (projectId: number) => Promise<boolean>;
  /** Where a run of it would go now. */
  engine: (own: Project['engine']) => Promise<EngineName>;
  /** What its disk knows a folder by; default: this machine's. */
  folderId?: FolderId;
}

export function projectsService(deps: ProjectsDependencies) {
  const { store, trust, libraries, kinds, emit, changed, isBusy } = deps;
  const versions = toolVersions(kinds);
  for (const row of store.all()) if (row.repository === null) rememberRepository(row);

  const markers = () => kinds.infos().flatMap((kind) => kind.markers);

  const present = ({ repository, ...row }: ProjectRow, trusted = trust.all()): Project => ({
    ...row,
    missing: !existsSync(row.path),
    trustedBy: trust.covering(row.path, trusted)[0]?.path ?? null,
  });

  /** A `.git` that appears there later is not followed: code of the project may have made it. */
  function rememberRepository({ id, path }: ProjectRow): void {
    store.setRepository(id, repositoryRoot(path) ?? '');
  }

  /** Also when the path is written in letters of another case, where the disk takes these for the same. */
  const at = (folder: string): ProjectRow | undefined =>
    store.byPath(folder) ??
    store.all().find(({ path: known }) => isSameFolder(known, folder, deps.folderId));

  function find(ref: number | string): ProjectRow {
    // A name may consist of digits; the command line can't distinguish it from an id.
    const row =
      typeof ref === 'number'
        ? store.byId(ref)
        : (store.byName(ref) ??
          (/^\d{1,15}$/.test(ref) ? store.byId(Number(ref)) : undefined) ??
          at(expandPath(ref)));
    if (row) return row;
    throw new AppError(
      'PROJECT_NOT_FOUND',
      `There is no project "${ref}". List them with "drydock project list", or add its folder.`,
      { field: 'project', fix: { label: 'Show the projects', command: 'drydock project list' } },
    );
  }

  async function folderOf(typed: string): Promise<string> {
    const folder = expandPath(typed);
    const why = whyNoFolder(folder);
    if (why === null) return realpath(folder);
    throw new AppError(
      'FOLDER_NOT_FOUND',
      `${folder} ${why}. Give the path of a project's folder.`,
      { field: 'path' },
    );
  }

  function mustBeThere({ name, path: folder }: ProjectRow): void {
    const why = whyNoFolder(folder);
    if (why === null) return;
    throw new AppError(
      'FOLDER_NOT_FOUND',
      `${folder} ${why}. Put the folder back, or remove ${name} and add it where it is now.`,
      { field: 'project' },
    );
  }

  function freeName(folder: string): string {
    const base = path.basename(folder) || 'project';
    for (let n = 1; ; n++) {
      const name = n === 1 ? base : `${base}-${n}`;
      if (!store.byName(name)) return name;
    }
  }

  /** Whether code of a project in this folder may be run. */
  const isTrusted = (folder: string): boolean => trust.covering(folder).length > 0;

  const aboutTrust = async (row: ProjectRow): Promise<AboutTrust> => ({
    project: row,
    root: trust.rootOf(row.path),
    runs: (await kinds.get(row.kind)).whatRuns(row.path),
    // A kind that deploys to the container engine says itself where it runs.
    engine: kinds.info(row.kind).target === 'runtime' ? null : await deps.engine(row.engine),
  });

  const presentTrusted = ({ path: folder, kind, trustedAt }: TrustedRow): TrustedFolder => ({
    path: folder,
    kind,
    trustedAt,
    projects: store
      .all()
      .filter((row) => isWithin(row.path, folder))
      .map(({ name }) => name),
  });

  function giveTrust(row: ProjectRow): void {
    mustBeThere(row);
    if (!isTrusted(row.path)) rememberRepository(row);
    trust.give(row.path);
    // Other projects may lie in the same repository.
    changed({ topic: 'projects' });
  }

  /**
   * Call before anything runs code of a project. Trusts the project first when the caller passes
   * `give`. Throws FOLDER_NOT_FOUND, NOT_TRUSTED, TRUST_TOO_WIDE.
   */
  async function ensureTrusted(ref: number | string, give = false): Promise<void> {
    const row = find(ref);
    mustBeThere(row);
    if (isTrusted(row.path)) return;
    if (!give) throw notTrusted(await aboutTrust(row));
    giveTrust(row);
  }

  async function mustBeIdle({ id, name }: ProjectRow, then: string): Promise<void> {
    if (!(await isBusy(id))) return;
    throw new AppError(
      'PROJECT_BUSY',
      `A deployment of ${name} is under way. Cancel it or wait for its end, then ${then}.`,
    );
  }

  async function choices(ref: number | string): Promise<Choices> {
    const row = find(ref);
    mustBeThere(row);
    const kind = await kinds.get(row.kind);
    return kind.choices(row.path, { trusted: isTrusted(row.path) });
  }

  /** @param imports those that were not found */
  async function missingLibraries(
    row: ProjectRow,
    imports?: readonly string[],
  ): Promise<LibraryStep[]> {
    const kind = await kinds.get(row.kind);
    return kind.missingLibraries?.(row, imports) ?? [];
  }

  return {
    find,

    list(): Project[] {
      const trusted = trust.all();
      return store.all().map((row) => present(row, trusted));
    },

    get: (ref: number | string): Project => present(find(ref)),

    /** Adds a folder; for one that is already added, only its repository is looked up again. */
    async add(input: { path: string; name?: string; kind?: string }): Promise<Project> {
      const folder = await folderOf(input.path);
      const known = at(folder);
      const kind = await chooseKind(kinds, folder, input.kind ?? known?.kind);
      if (known && known.kind !== kind) throw isAnotherKind(known);
      const row = store.exclusively(() => {
        const existing = at(folder);
        if (existing) {
          rememberRepository(existing);
          return existing;
        }
        if (input.name && store.byName(input.name)) throw nameTaken(input.name);
        const name = input.name ?? freeName(folder);
        const inserted = store.insert({ name, path: folder, kind, addedAt: Date.now() });
        rememberRepository(inserted);
        emit({ type: 'project.added', project: { id: inserted.id, name } });
        return inserted;
      });
      return present(row);
    },

    async remove(ref: number | string): Promise<Project> {
      const row = find(ref);
      await mustBeIdle(row, 'remove the project');
      libraries.stop(row.id);
      store.exclusively(() => {
        store.remove(row.id);
        trust.keepFor(store.all().map(({ path: folder }) => folder));
        emit({ type: 'project.removed', project: { id: row.id, name: row.name } });
      });
      return present(row);
    },

    /** Renames it, or changes how lists show it; its folder and its history stay as they are. */
    edit({ project, ...given }: EditInput): Project {
      const before = find(project);
      store.exclusively(() => {
        const { id, name, color, group } = find(before.id);
        const next = { name, color, group, ...definedOf(given) };
        if (next.name !== name && store.byName(next.name)) throw nameTaken(next.name);
        store.edit({ id, ...next });
      });
      changed({ topic: 'projects', key: before.id });
      // Runs are shown by the name of their project.
      if (given.name !== undefined) changed({ topic: 'deployments' });
      return present(find(before.id));
    },

    /** @param before null: behind all others */
    move(ref: number | string, before: number | string | null): Project[] {
      const { id } = find(ref);
      const next = before === null ? null : find(before).id;
      store.exclusively(() => {
        const all = store.all();
        const group = all.find((row) => row.id === next)?.group;
        if (group !== undefined) store.edit({ ...find(id), group });
        const order = movedBefore(
          all.map((row) => row.id),
          id,
          next,
        );
        for (const [position, one] of order.entries()) store.setPosition(one, position);
      });
      changed({ topic: 'projects' });
      const trusted = trust.all();
      return store.all().map((row) => present(row, trusted));
    },

    /** Takes effect with the next run. */
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

    toolVersions: (ref: number | string): Promise<ToolVersion[]> => versions.list(find(ref)),

    /** The versions that a run of it would use now. */
    pinnedTools: (ref: number | string): Promise<PinnedTools> => versions.pinned(find(ref)),

    /** Takes effect with the next run. */
    async setToolVersion(
      ref: number | string,
      tool: string,
      version: string | null,
    ): Promise<Project> {
      const row = find(ref);
      await versions.mustHave(row, tool);
      store.exclusively(() => {
        const { [tool]: _, ...others } = find(row.id).toolVersions;
        const chosen = version === null ? {} : { [tool]: version.replace(/^v/, '') };
        store.setToolVersions(row.id, { ...others, ...chosen });
      });
      changed({ topic: 'projects', key: row.id });
      return present(find(row.id));
    },

    isTrusted,

    ensureTrusted,

    trust(ref: number | string): Project {
      const row = find(ref);
      giveTrust(row);
      return present(row);
    },

    /**
     * Throws TRUSTED_WITH_OTHERS when the project lies in a folder that the user trusted
     * separately.
     */
    untrust(ref: number | string): Project {
      const row = find(ref);
      trust.withdraw(row.path);
      changed({ topic: 'projects' });
      const [left] = trust.covering(row.path);
      if (left) throw trustedWithOthers(row.name, left.path);
      return present(row);
    },

    async trustQuestion(ref: number | string): Promise<TrustQuestion> {
      const row = find(ref);
      mustBeThere(row);
      return trustQuestion(await aboutTrust(row));
    },

    trusted: (): TrustedFolder[] => trust.all().map(presentTrusted),

    async trustParent(typed: string): Promise<TrustedFolder> {
      const folder = await folderOf(typed);
      for (const row of store.all()) {
        if (isWithin(row.path, folder) && !isTrusted(row.path)) rememberRepository(row);
      }
      const row = trust.giveAllIn(folder);
      changed({ topic: 'projects' });
      return presentTrusted(row);
    },

    /** Also for a missing folder. Throws FOLDER_NOT_FOUND for one that wasn't trusted this way. */
    async untrustParent(typed: string): Promise<TrustedFolder[]> {
      const folder = expandPath(typed);
      const real = await realpath(folder).catch(() => folder);
      if (!trust.withdrawAllIn(real)) throw notAParent(real);
      changed({ topic: 'projects' });
      return trust.all().map(presentTrusted);
    },

    async libraries(ref: number | string): Promise<MissingLibraries> {
      const row = find(ref);
      mustBeThere(row);
      return libraries.present(await missingLibraries(row), row);
    },

    /** Rejects before the first line when nothing can be installed. */
    async install(
      input: InstallInput,
      signal?: AbortSignal,
    ): Promise<AsyncGenerator<OutputLine[]>> {
      const row = find(input.project);
      await ensureTrusted(row.id, input.trust);
      await mustBeIdle(row, 'install its libraries');
      const [steps, { pins }] = await Promise.all([
        missingLibraries(row, input.imports),
        versions.pinned(row),
      ]);
      const project = { ...row, pins };
      return libraries.install(project, chosenSteps(row.name, steps, input.with), signal);
    },

    /** What a folder and those below it could be added as. */
    detect: async (typed: string): Promise<Candidate[]> => detect(kinds, await folderOf(typed)),

    /** The icon of each kind of project. */
    kinds: (): KindInfo[] => kinds.infos(),

    choices,

    completePath: (prefix: string) => completePath(prefix, markers()),

    browse: (asked: BrowseInput) => browseFolder(asked, markers()),

    async git(ref: number | string): Promise<GitState | null> {
      const { path, repository } = find(ref);
      return gitState(path, { root: repository || null, trusted: isTrusted(path) });
    },

    /** null: it can't be told. */
    async isPushed(ref: number | string, commit: string): Promise<boolean | null> {
      const { path, repository } = find(ref);
      return repository && isTrusted(path) ? isPushed(repository, commit) : null;
    },
  };
}

function whyNoFolder(folder: string): string | null {
  const is = statOf(folder);
  if (is?.isDirectory()) return null;
  return is ? 'is a file' : 'does not exist';
}

const nameTaken = (name: string): AppError =>
  new AppError('NAME_TAKEN', `Another project is called "${name}". Choose another name.`, {
    field: 'name',
  });

/** Without what is absent. */
const definedOf = ({ name, color, group }: Omit<EditInput, 'project'>) => ({
  ...(name !== undefined && { name }),
  ...(color !== undefined && { color }),
  ...(group !== undefined && { group }),
});

const isAnotherKind = ({ name, kind, path: folder }: ProjectRow): AppError =>
  new AppError(
    'NAME_TAKEN',
    `${folder} is there already, as ${name} of the kind ${kind}. A folder is one project: remove that one first.`,
    { field: 'kind' },
  );

const trustedWithOthers = (name: string, parent: string): AppError =>
  new AppError(
    'TRUSTED_WITH_OTHERS',
    `${name} is still trusted, since everything in ${parent} is. Withdraw that, then trust those projects that you mean.`,
    {
      fix: {
        label: `Withdraw trust from ${parent}`,
        command: 'drydock project trusted',
        call: { procedure: 'projects.untrustParent', input: { path: parent } },
      },
    },
  );

const notAParent = (folder: string): AppError =>
  new AppError(
    'FOLDER_NOT_FOUND',
    `${folder} is not a folder that was trusted with everything in it. List those with "drydock project trusted".`,
    { field: 'path', fix: { label: 'Show trusted folders', command: 'drydock project trusted' } },
  );

/** Its path below the folder, with forward slashes, once it is known to be a file in it. */
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
  if (!statOf(real)?.isFile()) throw wrong('is not a file');
  return path.relative(folder, path.resolve(folder, typed)).split(path.sep).join('/');
}

export type ProjectsService = ReturnType<typeof projectsService>;
