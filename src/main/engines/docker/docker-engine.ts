import { portHolder } from '../../kit/ports.ts';
import type { ContainerRef, Engine, RunRef, ToolName } from '../engine.ts';
import { ask } from './ask.ts';
import { askVersion } from './ask-version.ts';
import type { Daemon, DockerDaemon } from './daemon.ts';
import { endJob } from './exec.ts';
import type { Images } from './images.ts';
import { homeId } from './labels.ts';
import { ensureNetwork } from './network.ts';
import { reach } from './reach.ts';
import { argument, type Recipe } from './recipe.ts';
import { endStrays, publishedOn, runningService, startService, stopService } from './service.ts';
import type { Surroundings } from './surroundings.ts';
import type { Limits } from './workspace.ts';
import type { DockerWorkspaces } from './workspaces.ts';

/** So long what was seen of a chain holds. */
const SEEN_MS = 1000;

export interface DockerEngineParts {
  dataFolder: string;
  daemon: DockerDaemon;
  images: Images;
  surroundings: Surroundings;
  workspaces: DockerWorkspaces;
  limits: () => Limits;
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
  const { dataFolder, daemon: daemons, images, workspaces } = parts;
  const id = homeId(dataFolder);
  /** What tools of somebody else's images said of themselves, by tag and name. */
  const versions = new Map<string, Promise<string>>();

  const asked = <T>(work: (daemon: Daemon) => Promise<T>) => ask(daemons, work);

  /** Our chains by their port, as they were seen just now. */
  const seen = new Map<number, { name: string; at: number }>();

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

  const asContainer = (ref: RunRef): ContainerRef | undefined =>
    'container' in ref ? ref : undefined;

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

    workspace: workspaces.workspace,

    async reach(url) {
      const fresh = (port: number) => {
        const known = seen.get(port);
        return known && Date.now() - known.at < SEEN_MS ? known.name : undefined;
      };
      return reach(url, daemons, fresh);
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
      for (const { Id } of await workspaces.list(daemon.docker, false)) {
        await endJob(daemon.docker.getContainer(Id), job);
      }
    },

    async endStrays(folder, known) {
      const daemon = await daemons.find();
      if (!daemon) return 0;
      const ids = () => known().flatMap((ref) => asContainer(ref)?.container ?? []);
      return endStrays(daemon.docker, id, folder, ids);
    },

    forget: workspaces.forget,

    hasOwnImage: (project) => images.isOwn(project),

    stopIdle: workspaces.stopIdle,
  };
}
