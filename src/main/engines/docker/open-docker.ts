import path from 'node:path';
import type { Containers } from '../containers.ts';
import type { ImageKind, ImageUse } from '../images.ts';
import { containersOf } from './containers.ts';
import { type DaemonState, DockerDaemon } from './daemon.ts';
import { type DockerEngine, dockerEngine } from './docker-engine.ts';
import { Images } from './images.ts';
import { proxies } from './proxies.ts';
import { Surroundings } from './surroundings.ts';
import type { Limits } from './workspace.ts';
import { dockerWorkspaces } from './workspaces.ts';

export interface DockerOptions {
  dataFolder: string;
  settings: () => {
    dockerHost: string;
    buildNetwork: 'default' | 'host';
    caFile: string;
    foundryImage: string;
  };
  /** What a project has chosen: a standard image, or a Dockerfile, relative to its folder. */
  imageOf?: (project: number) => ImageKind | { dockerfile: string };
  /** Told of every image that is needed. */
  imageUsed?: (use: ImageUse) => void;
  /** Whether a project's container is kept from one run to the next. */
  reuse?: () => boolean;
  /** Called whenever the state of the daemon has changed. */
  changed?: () => void;
  /** Called whenever something became of a container of ours, while the daemon is watched. */
  containersChanged?: () => void;
  /** Replace defaults of the Dockerfiles, e.g. `BASE_IMAGE`. */
  buildArgs?: () => Record<string, string>;
  limits?: () => Limits;
}

/** Everything that talks to Docker. Nothing is looked for before it is needed, or watched. */
export interface DockerParts {
  engine: DockerEngine;
  daemon: DockerDaemon;
  images: Images;
  containers: Containers;
  /** The state as it was last seen. */
  state: () => DaemonState;
  /** The state, looked at just now. */
  look: () => Promise<DaemonState>;
  /** Follows the daemon until `close`. */
  watch: () => void;
  close: () => void;
}

export function openDocker(options: DockerOptions): DockerParts {
  const { dataFolder, settings } = options;
  const daemon = new DockerDaemon({
    dockerHost: () => settings().dockerHost,
    changed: options.changed ?? (() => undefined),
    containersChanged: options.containersChanged,
  });
  const surroundings = new Surroundings({
    dataFolder,
    caFile: () => settings().caFile,
    shared: [path.join(dataFolder, 'compilers')],
  });
  const images = new Images({
    daemon: () => daemon.require(),
    args: options.buildArgs ?? (() => ({})),
    foundryImage: () => settings().foundryImage,
    imageOf: options.imageOf ?? (() => 'foundry'),
    used: options.imageUsed ?? (() => undefined),
    build: async () => ({
      certificates: await surroundings.certificates(),
      proxies: proxies(),
      network: process.env.DRYDOCK_BUILD_NETWORK ?? hostOnly(settings().buildNetwork),
    }),
  });
  const limits = options.limits ?? (() => ({}));
  const workspaces = dockerWorkspaces({
    dataFolder,
    daemon,
    images,
    surroundings,
    limits,
    reuse: options.reuse ?? (() => true),
  });
  const engine = dockerEngine({ dataFolder, daemon, images, surroundings, workspaces, limits });
  return {
    engine,
    daemon,
    images,
    containers: containersOf(daemon),
    state: () => daemon.state,
    async look() {
      await daemon.look();
      return daemon.state;
    },
    watch: () => daemon.watch(),
    close: () => daemon.close(),
  };
}

const hostOnly = (network: 'default' | 'host'): string => (network === 'host' ? 'host' : '');
