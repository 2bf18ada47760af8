import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type Docker from 'dockerode';
import { AppError } from '../../kit/errors.ts';
import type { Workspace } from '../engine.ts';
import { ask } from './ask.ts';
import { ensureContainer, remove } from './container.ts';
import type { Daemon, DockerDaemon } from './daemon.ts';
import { exec } from './exec.ts';
import { ifThere, statusOf } from './fault.ts';
import { hasImage, type Images } from './images.ts';
import { inside } from './inside.ts';
import { homeId, labels } from './labels.ts';
import { ensureNetwork } from './network.ts';
import type { Recipe } from './recipe.ts';
import { openShell } from './shell.ts';
import type { Surroundings } from './surroundings.ts';
import { type Limits, workspaceContainer, workspaceName } from './workspace.ts';

export interface WorkspacesParts {
  dataFolder: string;
  daemon: DockerDaemon;
  images: Images;
  surroundings: Surroundings;
  limits: () => Limits;
  /** Whether a project's container is kept from one run to the next. */
  reuse: () => boolean;
}

/** The containers of projects: made when they are needed, and gone when nobody uses them. */
export function dockerWorkspaces(parts: WorkspacesParts) {
  const { dataFolder, daemon: daemons, images } = parts;
  const id = homeId(dataFolder);
  /** Where a workspace was when it was last used; whatever has become of it shows at its use. */
  const last = new Map<string, { key: string; container: string }>();

  /** `once`: a container of that name alone, which no other run uses. */
  async function container(
    daemon: Daemon,
    project: { id: number; path: string },
    recipe: Recipe,
    { trusting, once }: { trusting: boolean; once: string | undefined },
  ): Promise<Docker.Container> {
    const wanted = workspaceContainer(daemon, project, {
      homeId: id,
      dataFolder,
      image: recipe.tag,
      imageId: await images.idOf(recipe),
      once,
      limits: parts.limits(),
      ...(await parts.surroundings.all()),
    });
    const key = JSON.stringify(wanted);
    const known = last.get(wanted.name);
    if (trusting && known?.key === key) return daemon.docker.getContainer(known.container);
    const ensured = await ensureContainer(daemon.docker, {
      ...wanted,
      prepare: async () => {
        // It may have gone since it was last looked at.
        if (!(await hasImage(daemon, recipe.tag))) await images.make(recipe);
        await ensureNetwork(daemon.docker);
      },
    });
    last.set(wanted.name, { key, container: ensured.id });
    return ensured;
  }

  function workspace(project: { id: number; path: string }): Workspace {
    const used = path.join(dataFolder, 'workspaces', `${project.id}`);
    const once = parts.reuse() ? undefined : randomUUID().slice(0, 8);
    let found: Promise<Recipe> | undefined;
    /** The same to the end, whatever is written into the project meanwhile. */
    const recipe = () => {
      found ??= images.recipe(project);
      return found;
    };
    /** Runs it in the workspace's container, and once more when that was removed meanwhile. */
    async function within<T>(work: (container: Docker.Container) => Promise<T>): Promise<T> {
      mustExist(project.path);
      await touch(used);
      const made = await recipe();
      return ask(daemons, async (daemon) => {
        try {
          return await work(await container(daemon, project, made, { trusting: true, once }));
        } catch (error) {
          if (![404, 409].includes(statusOf(error) ?? 0)) throw error;
          return work(await container(daemon, project, made, { trusting: false, once }));
        }
      });
    }
    return {
      engine: 'docker',
      tools: async () => (await recipe()).tag,
      async exec(command, options) {
        const exit = await within((place) => {
          options.onStart?.({ container: place.id, startedAt: '' });
          return exec(
            place,
            { ...command, cwd: inside(command.cwd), env: { ...foundryEnv(), ...command.env } },
            options,
          );
        });
        if (exit.ended === 'lost') daemons.lost();
        await touch(used);
        return exit;
      },
      openShell: (options) =>
        within((place) => {
          options.onStart?.({ container: place.id, startedAt: '' });
          return openShell(place, inside(project.path), {}, options);
        }),
      async end() {
        if (once === undefined) return;
        const name = workspaceName(id, project.id, once);
        last.delete(name);
        const daemon = await daemons.find();
        if (daemon) await remove(daemon.docker, name);
      },
    };
  }

  /** Those of this data folder. */
  const list = (docker: Docker, all: boolean) =>
    docker.listContainers({
      all,
      filters: { label: [`${labels.kind}=workspace`, `${labels.home}=${id}`] },
    });

  return {
    workspace,
    list,

    /** `Engine.forget`. */
    async forget(project: number): Promise<void> {
      const daemon = await daemons.find();
      if (!daemon) return;
      for (const { Id, Labels } of await list(daemon.docker, true)) {
        if (Labels[labels.name] === `${project}`) await remove(daemon.docker, Id);
      }
    },

    /** `DockerEngine.stopIdle`. */
    async stopIdle(idleMs: number): Promise<number> {
      const daemon = await daemons.find();
      if (!daemon) return 0;
      let stopped = 0;
      for (const { Id, Labels } of await list(daemon.docker, false)) {
        const name = Labels[labels.name] ?? '';
        const used = await stat(path.join(dataFolder, 'workspaces', name)).catch(() => undefined);
        if (used && Date.now() - used.mtimeMs < idleMs) continue;
        if (await isBusy(daemon.docker, Id)) continue;
        // The run that it was for has not come to its end.
        if (Labels[labels.once]) await remove(daemon.docker, Id);
        else await daemon.docker.getContainer(Id).stop({ t: 2 });
        stopped++;
      }
      return stopped;
    },
  };
}

export type DockerWorkspaces = ReturnType<typeof dockerWorkspaces>;

/** Whether somebody runs something in it: also another core. */
async function isBusy(docker: Docker, id: string): Promise<boolean> {
  const found = (await ifThere(docker.getContainer(id).inspect())) as
    | { ExecIDs?: string[] | null }
    | undefined;
  for (const execId of found?.ExecIDs ?? []) {
    if ((await ifThere(docker.getExec(execId).inspect()))?.Running) return true;
  }
  return false;
}

/** What steers forge from the outside, as `plan` reads it too. */
function foundryEnv(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (name.startsWith('FOUNDRY_') && value !== undefined) found[name] = value;
  }
  return found;
}

function mustExist(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new AppError(
    'FOLDER_NOT_FOUND',
    `The folder ${folder} is gone. Put it back, or remove the project.`,
  );
}

async function touch(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(async () => {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, '');
  });
}
