import { portHolder } from '../../lib/processes/port-holder.ts';
import type { ContainerRef, Engine, RunRef } from '../engine.ts';
import type { Services } from '../services.ts';
import type { ToolSpec } from '../tools.ts';
import { ask } from './ask.ts';
import { askVersion } from './ask-version.ts';
import type { Daemon, DockerDaemon } from './daemon.ts';
import { endJob } from './exec.ts';
import { hostAddress, serviceHostAddress } from './host-address.ts';
import type { Recipe } from './image-spec.ts';
import type { Images } from './images.ts';
import { homeId } from './labels.ts';
import { serviceNetwork } from './network.ts';
import { removeNetworksOf } from './owned-networks.ts';
import { privatePlace } from './private-place.ts';
import { reach } from './reach.ts';
import type { ReachedService } from './reached-service.ts';
import {
  endOfService,
  endStrays,
  isPaused,
  publishedOn,
  runningService,
  stopService,
} from './service.ts';
import type { DockerWorkspaces } from './workspaces.ts';

/** How long the known state of a chain is valid. */
const SEEN_MS = 1000;

export interface DockerEngineDependencies {
  dataFolder: string;
  daemon: DockerDaemon;
  images: Images;
  tools: readonly ToolSpec[];
  workspaces: DockerWorkspaces;
  services: Services;
}

export interface DockerEngine extends Engine {
  readonly name: 'docker';
  /** Whether a daemon of this machine responds. */
  isUsable(): Promise<boolean>;
  /** Stops the workspaces in which nothing has run for this long. Returns how many. */
  stopIdle(idleMs: number): Promise<number>;
  /** Whether a project has a Dockerfile of its own. */
  hasOwnImage(project: number): boolean;
}

/** Containers of a daemon: a workspace for each project, and one for each chain. */
export function dockerEngine(deps: DockerEngineDependencies): DockerEngine {
  const { dataFolder, daemon: daemons, images, workspaces } = deps;
  const versionArgs = (name: string) =>
    deps.tools.find((tool) => tool.name === name)?.versionArgs ?? ['--version'];
  const id = homeId(dataFolder);
  /** Versions reported by tools of images that aren't Drydock's, by tag and name. */
  const versions = new Map<string, Promise<string>>();

  const asked = <T>(work: (daemon: Daemon) => Promise<T>) => ask(daemons, work);

  /** Drydock's chains by the addresses at which this machine reaches them, as last seen. */
  const seen = new Map<string, { service: ReachedService; when: number }>();

  /** For an image whose recipe doesn't name it; asked once. */
  function asksVersion(recipe: Recipe, tool: string): Promise<string> {
    const key = `${recipe.tag} ${tool}`;
    const asking =
      versions.get(key) ??
      images
        .make(recipe)
        .then(() =>
          asked((daemon) =>
            askVersion(daemon, recipe.tag, [tool, ...versionArgs(tool)], dataFolder),
          ),
        );
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

    async prepare(preparation, needs) {
      const source = 'id' in needs ? needs : images.specWith(needs.tool).id;
      await images.ensure(source, preparation);
    },

    async tool(name) {
      const { id: image, tools } = images.specWith(name);
      const { path = name } = tools.find((tool) => tool.name === name) ?? {};
      const recipe = await images.recipe(image);
      const version = images.versionIn(recipe) ?? (await asksVersion(recipe, name));
      return { path, version, source: 'image' };
    },

    workspace: workspaces.workspace,

    async reach(url) {
      const fresh = (at: string) => {
        const known = seen.get(at);
        return known && Date.now() - known.when < SEEN_MS ? known.service : undefined;
      };
      return reach(url, daemons, fresh);
    },

    hostAddress: (reaching) => hostAddress(reaching, daemons, dataFolder),

    serviceHostAddress: (use, name) =>
      serviceHostAddress(serviceNetwork(dataFolder, use, name), daemons),

    privatePlace: (port) => privatePlace(port, daemons),

    async portHolder(port) {
      const name = await asked(({ docker }) => publishedOn(docker, port)).catch(() => undefined);
      return name ? `the container ${name}` : portHolder(port);
    },

    async startService(spec, preparation) {
      return (await deps.services.start(spec, preparation)).ref;
    },

    async isRunning(ref) {
      const own = asContainer(ref);
      if (!own) return false;
      const found = await asked(({ docker }) => runningService(docker, own));
      if (found) for (const at of found.at) seen.set(at, { service: found, when: Date.now() });
      return found !== undefined;
    },

    async endOfService(ref) {
      const own = asContainer(ref);
      return own ? asked(({ docker }) => endOfService(docker, own)) : null;
    },

    async isPaused(ref) {
      const own = asContainer(ref);
      return own !== undefined && (await asked(({ docker }) => isPaused(docker, own)));
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
          // A connection that broke meanwhile proves nothing.
          await docker.ping();
        });
        return;
      }
      const daemon = await daemons.find();
      // Its container was never recorded: without a daemon, there is nothing to end.
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

    async forgetService(name) {
      const daemon = await daemons.find();
      // A clean-up finds what is left.
      if (daemon)
        await removeNetworksOf(daemon.docker, dataFolder, 'chain', name).catch(() => undefined);
    },

    hasOwnImage: (project) => images.isOwn(project),

    stopIdle: workspaces.stopIdle,
  };
}
