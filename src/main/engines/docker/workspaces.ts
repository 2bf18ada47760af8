import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type Docker from 'dockerode';
import { versionIn } from '../../lib/version-in.ts';
import { AppError } from '../../shared/errors.ts';
import type { Workspace, WorkspaceProject } from '../engine.ts';
import { otherInImage, pinOf } from '../pins.ts';
import type { ToolSpec } from '../tools.ts';
import { ask } from './ask.ts';
import { chainNetworksOf, joinChain } from './chain-reach.ts';
import { ensureContainer, remove, stop } from './container.ts';
import { containerPath } from './container-path.ts';
import type { Daemon, DockerDaemon } from './daemon.ts';
import { ifThere, statusOf } from './docker-errors.ts';
import { exec, run } from './exec.ts';
import type { HostEnvironment } from './host-environment.ts';
import type { Recipe } from './image-spec.ts';
import { hasImage, type Images } from './images.ts';
import { homeId, labels } from './labels.ts';
import { disconnect, ensureNetwork, projectsNetwork } from './network.ts';
import { ensureMountPoints, ensureVolumes, type OwnFolders } from './own-folders.ts';
import { removeVolume } from './remove-volume.ts';
import { openShell } from './shell.ts';
import {
  HOME,
  type Limits,
  ownVolumes,
  workspaceContainer,
  workspaceLabels,
  workspaceName,
} from './workspace.ts';

/** An idle workspace's programs have nothing to finish. */
const STOP_MS = 2000;

export interface WorkspacesDependencies {
  dataFolder: string;
  daemon: DockerDaemon;
  images: Images;
  surroundings: HostEnvironment;
  ownFolders: OwnFolders;
  tools: readonly ToolSpec[];
  limits: () => Limits;
  /** Whether a project's container is kept between runs. */
  reuse: () => boolean;
}

/** The containers of projects: made when needed, and removed when unused. */
export function dockerWorkspaces(deps: WorkspacesDependencies) {
  const { dataFolder, daemon: daemons, images } = deps;
  const id = homeId(dataFolder);
  /** What tools of images that aren't Drydock's have reported, by image and name. */
  const versions = new Map<string, Promise<string>>();
  const specOf = (name: string): Pick<ToolSpec, 'name' | 'versionArgs' | 'toolchain'> =>
    deps.tools.find((tool) => tool.name === name) ?? { name, versionArgs: ['--version'] };
  /** The last known place of each workspace; the next use shows whether it still exists. */
  const last = new Map<string, { key: string; container: string }>();

  interface Place {
    trusting: boolean;
    /** A container of that name for this run only. */
    once: string | undefined;
    ownFolders: readonly string[];
  }

  async function container(
    daemon: Daemon,
    project: { id: number; path: string },
    recipe: Recipe,
    { trusting, once, ownFolders }: Place,
  ): Promise<Docker.Container> {
    await ensureMountPoints(project, ownFolders);
    const spec = {
      ...{ homeId: id, dataFolder, image: recipe.tag, once, ownFolders, limits: deps.limits() },
      imageId: await images.idOf(recipe),
      ...(await deps.surroundings.all()),
    };
    const wanted = workspaceContainer(daemon, project, spec);
    const key = JSON.stringify(wanted);
    const known = last.get(wanted.name);
    if (trusting && known?.key === key) return daemon.docker.getContainer(known.container);
    const ensured = await ensureContainer(daemon.docker, {
      ...wanted,
      prepare: async () => {
        // It may have been removed since it was last checked.
        if (!(await hasImage(daemon, recipe.tag))) await images.make(recipe);
        await ensureNetwork(daemon.docker, projectsNetwork(dataFolder));
        const making = { homeId: id, dataFolder, once: 'folders' };
        await ensureVolumes(daemon.docker, ownVolumes(daemon, project, spec), HOME, {
          name: workspaceName(id, project.id, making.once),
          Labels: workspaceLabels(project.id, making),
          ...{ Image: recipe.tag, Entrypoint: ['true'], Cmd: [] },
        });
      },
    });
    last.set(wanted.name, { key, container: ensured.id });
    return ensured;
  }

  /** `Engine.workspace`. */
  function workspace(project: WorkspaceProject, reaching?: string): Workspace {
    const used = path.join(dataFolder, 'workspaces', `${project.id}`);
    const once = deps.reuse() ? undefined : randomUUID().slice(0, 8);
    let found: Promise<Recipe> | undefined;
    /** The same to the end, whatever is written to the project meanwhile. */
    const recipe = () => {
      found ??= images.recipe(project);
      return found;
    };
    let folders: Promise<readonly string[]> | undefined;
    /** The same to the end, too. */
    const ownFolders = async (daemon: Daemon) => {
      folders ??= deps.ownFolders.of(daemon, project, await recipe());
      return folders;
    };
    /** Called once for each container of the workspace that is used. */
    const joined = new Set<string>();
    async function ready(daemon: Daemon, trusting: boolean): Promise<Docker.Container> {
      const place = await container(daemon, project, await recipe(), {
        ...{ trusting, once },
        ownFolders: await ownFolders(daemon),
      });
      if (reaching !== undefined && !joined.has(place.id)) {
        await joinChain(daemon.docker, place.id, new URL(reaching).hostname);
        joined.add(place.id);
      }
      return place;
    }
    /** Runs it in the workspace's container, and a second time when that was removed meanwhile. */
    async function inContainer<T>(work: (container: Docker.Container) => Promise<T>): Promise<T> {
      mustExist(project.path);
      await touch(used);
      return ask(daemons, async (daemon) => {
        try {
          return await work(await ready(daemon, true));
        } catch (error) {
          if (![404, 409].includes(statusOf(error) ?? 0)) throw error;
          return work(await ready(daemon, false));
        }
      });
    }
    // A run prepares other things meanwhile; the first use reports an error.
    const begun =
      reaching === undefined
        ? undefined
        : inContainer(async () => undefined).catch(() => undefined);
    async function within<T>(work: (container: Docker.Container) => Promise<T>): Promise<T> {
      await begun;
      return inContainer(work);
    }
    async function toolVersion(name: string): Promise<string> {
      const made = await recipe();
      const own = images.versionIn(made);
      if (own !== undefined) return own;
      // An image that isn't Drydock's; a rebuilt one keeps its tag.
      const key = `${await images.idOf(made)} ${name}`;
      const asking = versions.get(key) ?? within((place) => askTool(place, specOf(name)));
      versions.set(key, asking);
      asking.catch(() => versions.delete(key));
      return asking;
    }
    /** Throws TOOL_MISSING when the image has another version than the project asks for. */
    async function mustHavePinned(name: string): Promise<void> {
      const pin = project.pins && pinOf(specOf(name), project.pins);
      if (!pin || (await recipe()).pin) return;
      const found = await toolVersion(name);
      if (found === pin.version) return;
      const { base, file } = await recipe();
      throw otherInImage(pin, found, base ?? `the image of ${file}`);
    }
    return {
      engine: 'docker',
      async toolIdentity(name) {
        await mustHavePinned(name);
        const made = await recipe();
        // The base of an image that isn't Drydock's may have changed below the same tag.
        return images.versionIn(made) === undefined
          ? `${made.tag} ${await images.idOf(made)}`
          : made.tag;
      },
      toolVersion,
      ownFolders: () => ask(daemons, ownFolders),
      async exec(command, options) {
        await mustHavePinned(command.program);
        const exit = await within((place) => {
          options.onStart?.({ container: place.id, startedAt: '' });
          return exec(
            place,
            {
              ...command,
              cwd: containerPath(command.cwd),
              env: { ...steering(deps.tools), ...command.env },
            },
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
          return openShell(place, containerPath(project.path), {}, options);
        }),
      async end() {
        await begun;
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
      const filters = {
        label: [`${labels.kind}=volume`, `${labels.home}=${id}`, `${labels.name}=${project}`],
      };
      const { Volumes } = await daemon.docker.listVolumes({ filters });
      for (const { Name } of Volumes ?? []) await removeVolume(daemon.docker, Name);
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
        for (const network of await chainNetworksOf(daemon.docker, Id)) {
          await disconnect(daemon.docker, network, Id);
        }
        // Its run has not ended.
        if (Labels[labels.once]) await remove(daemon.docker, Id);
        else await stop(daemon.docker, Id, STOP_MS);
        stopped++;
      }
      return stopped;
    },
  };
}

export type DockerWorkspaces = ReturnType<typeof dockerWorkspaces>;

/** Whether anything runs in it, including runs of another core. */
async function isBusy(docker: Docker, id: string): Promise<boolean> {
  const found = (await ifThere(docker.getContainer(id).inspect())) as
    | { ExecIDs?: string[] | null }
    | undefined;
  for (const execId of found?.ExecIDs ?? []) {
    if ((await ifThere(docker.getExec(execId).inspect()))?.Running) return true;
  }
  return false;
}

/** The variables of this machine that configure tools, the same that kinds read. */
function steering(tools: readonly ToolSpec[]): Record<string, string> {
  const prefixes = tools.flatMap(({ variables }) => variables ?? []);
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined && prefixes.some((prefix) => name.startsWith(prefix))
        ? [[name, value]]
        : [],
    ),
  );
}

async function askTool(
  container: Docker.Container,
  { name, versionArgs }: Pick<ToolSpec, 'name' | 'versionArgs'>,
): Promise<string> {
  const { text } = await run(container, [name, ...versionArgs]);
  return versionIn(text) ?? 'none that runs';
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
