import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import type Docker from 'dockerode';
import { AppError } from '../../kit/errors.ts';
import { portHolder } from '../../kit/ports.ts';
import type { ContainerRef, Engine, RunRef, ToolName, Workspace } from '../engine.ts';
import { askVersion } from './ask-version.ts';
import { ensureContainer, explained, remove } from './container.ts';
import type { Daemon, DockerDaemon } from './daemon.ts';
import { isLoopback } from './endpoint.ts';
import { endJob, exec } from './exec.ts';
import { ifThere, isLost, statusOf } from './fault.ts';
import { hasImage, type Images } from './images.ts';
import { inside } from './inside.ts';
import { homeId, labels } from './labels.ts';
import { ensureNetwork } from './network.ts';
import { argument, type Recipe } from './recipe.ts';
import {
  endStrays,
  publishedOn,
  runningService,
  serviceOn,
  startService,
  stopService,
} from './service.ts';
import { openShell } from './shell.ts';
import type { Surroundings } from './surroundings.ts';
import { type Limits, workspaceContainer, workspaceName } from './workspace.ts';

/** So long what was seen of a chain holds. */
const SEEN_MS = 1000;

export interface DockerEngineParts {
  dataFolder: string;
  daemon: DockerDaemon;
  images: Images;
  surroundings: Surroundings;
  limits: () => Limits;
  /** Whether a project's container is kept from one run to the next. */
  reuse: () => boolean;
}

export interface DockerEngine extends Engine {
  readonly name: 'docker';
  /** Whether a daemon of this machine answers. */
  isUsable(): Promise<boolean>;
  /** Stops the workspaces that nothing has run in for so long. Answers how many. */
  stopIdle(idleMs: number): Promise<number>;
  /** Whether a project brings a Dockerfile. */
  hasOwnImage(project: number): boolean;
}

/** Containers of a daemon: a workspace for each project, and one for each chain. */
export function dockerEngine(parts: DockerEngineParts): DockerEngine {
  const { dataFolder, daemon: daemons, images } = parts;
  const id = homeId(dataFolder);
  /** What tools of somebody else's images said of themselves, by tag and name. */
  const versions = new Map<string, Promise<string>>();

  /** Tells a fault of the connection from one of what was asked. */
  async function asked<T>(work: (daemon: Daemon) => Promise<T>): Promise<T> {
    const daemon = await daemons.require();
    try {
      return await work(daemon);
    } catch (error) {
      if (isLost(error)) daemons.lost();
      throw explained(error);
    }
  }

  /** Where a workspace was when it was last used; whatever has become of it shows at its use. */
  const last = new Map<string, { key: string; container: string }>();
  /** Our chains by their port, as they were seen just now. */
  const seen = new Map<number, { name: string; at: number }>();

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

  /** Of an image whose recipe doesn't tell; asked once. */
  function asksVersion(recipe: Recipe, tool: ToolName): Promise<string> {
    const key = `${recipe.tag} ${tool}`;
    const asking =
      versions.get(key) ??
      images
        .make(recipe)
        .then(() => asked((daemon) => askVersion(daemon, recipe.tag, tool, dataFolder)));
    versions.set(key, asking);
    asking.catch(() => versions.delete(key));
    return asking;
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
      return asked(async (daemon) => {
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

  const asContainer = (ref: RunRef): ContainerRef | undefined =>
    'container' in ref ? ref : undefined;

  const workspaces = (docker: Docker, all: boolean) =>
    docker.listContainers({
      all,
      filters: { label: [`${labels.kind}=workspace`, `${labels.home}=${id}`] },
    });

  return {
    name: 'docker',
    listenHost: '0.0.0.0',

    isUsable: async () => (await daemons.find())?.local ?? false,

    async prepare(preparation, project) {
      await images.ensure(project ?? 'foundry', preparation);
    },

    async tool(name) {
      const recipe = await images.recipe('foundry');
      const version = argument(recipe, 'FOUNDRY_VERSION') ?? (await asksVersion(recipe, name));
      return { path: `/usr/local/bin/${name}`, version, source: 'image' };
    },

    workspace,

    async reach(url) {
      const address = new URL(url);
      if (!isLoopback(address.hostname)) return url;
      const port = Number(address.port) || (address.protocol === 'https:' ? 443 : 80);
      return asked(async (daemon) => {
        const known = seen.get(port);
        const fresh = known && Date.now() - known.at < SEEN_MS;
        const service = fresh ? known.name : await serviceOn(daemon.docker, port);
        if (service) return withHost(url, service);
        const near = await isBehindGateway(daemon, port);
        return near ? withHost(url, 'host.docker.internal') : null;
      });
    },

    async portHolder(port) {
      const name = await asked(({ docker }) => publishedOn(docker, port)).catch(() => undefined);
      return name ? `the container ${name}` : portHolder(port);
    },

    async startService(spec, preparation) {
      const tag = await images.ensure('foundry', preparation);
      return asked(async (daemon) => {
        await ensureNetwork(daemon.docker);
        return startService(daemon, spec, {
          homeId: id,
          dataFolder,
          image: tag,
          limits: parts.limits(),
          ...(await parts.surroundings.all()),
        });
      });
    },

    async isRunning(ref) {
      const own = asContainer(ref);
      if (!own) return false;
      const found = await asked(({ docker }) => runningService(docker, own));
      if (found) seen.set(found.port, { name: found.name, at: Date.now() });
      return found !== undefined;
    },

    async stopService(ref, graceMs) {
      const own = asContainer(ref);
      if (own) await asked(({ docker }) => stopService(docker, own, graceMs));
    },

    async endOrphan({ ref, job }) {
      const own = ref && asContainer(ref);
      if (own) {
        await asked(async ({ docker }) => {
          await endJob(docker.getContainer(own.container), job);
          // A connection that broke meanwhile tells nothing.
          await docker.ping();
        });
        return;
      }
      const daemon = await daemons.find();
      // It never came so far that its place was noted: there is nothing to be sure of.
      if (!daemon) return;
      for (const { Id } of await workspaces(daemon.docker, false)) {
        await endJob(daemon.docker.getContainer(Id), job);
      }
    },

    async endStrays(folder, known) {
      const daemon = await daemons.find();
      if (!daemon) return 0;
      const ids = () => known().flatMap((ref) => asContainer(ref)?.container ?? []);
      return endStrays(daemon.docker, id, folder, ids);
    },

    async forget(project) {
      const daemon = await daemons.find();
      if (!daemon) return;
      for (const { Id, Labels } of await workspaces(daemon.docker, true)) {
        if (Labels[labels.name] === `${project}`) await remove(daemon.docker, Id);
      }
    },

    hasOwnImage: (project) => images.isOwn(project),

    async stopIdle(idleMs) {
      const daemon = await daemons.find();
      if (!daemon) return 0;
      let stopped = 0;
      for (const { Id, Labels } of await workspaces(daemon.docker, false)) {
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

function withHost(url: string, hostname: string): string {
  const address = new URL(url);
  address.hostname = hostname;
  const text = address.toString();
  return url.endsWith('/') ? text : text.replace(/\/$/, '');
}

/**
 * Whether a container reaches a listener on our loopback. Docker Desktop and its like pass it on;
 * where containers run on this very kernel, only what listens on other addresses too is reached.
 */
async function isBehindGateway(daemon: Daemon, port: number): Promise<boolean> {
  if (!daemon.native) return true;
  if (daemon.rootless) return false;
  const bridge = await ifThere(daemon.docker.getNetwork('bridge').inspect());
  const gateway: string | undefined = bridge?.IPAM?.Config?.[0]?.Gateway;
  return gateway === undefined || answers(gateway, port);
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 500 });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
}
