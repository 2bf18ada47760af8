import path from 'node:path';
import type { Platform } from '../../lib/platform.ts';
import { proxies } from '../../lib/proxies.ts';
import type { Containers } from '../containers.ts';
import type { ImageSpec, ImageUse, ProjectImage } from '../images.ts';
import type { Services } from '../services.ts';
import type { ToolSpec } from '../tools.ts';
import { containersOf } from './containers.ts';
import { type DaemonState, DockerDaemon } from './daemon.ts';
import { type DockerEngine, dockerEngine } from './docker-engine.ts';
import { HostEnvironment } from './host-environment.ts';
import { Images } from './images.ts';
import { OwnFolders } from './own-folders.ts';
import { dockerServices } from './services.ts';
import type { Limits } from './workspace.ts';
import { dockerWorkspaces } from './workspaces.ts';

export interface DockerOptions {
  dataFolder: string;
  settings: () => {
    dockerHost: string;
    buildNetwork: 'default' | 'host';
    caFile: string;
  };
  /** The available images, and the tools that commands name. */
  images: readonly ImageSpec[];
  tools: readonly ToolSpec[];
  /** The value of a setting that an image names; empty: none. */
  setting?: (key: string) => string;
  /** Absent: all use the first image. */
  imageOf?: (project: number) => ProjectImage;
  /** Masks secrets in the output of a build. */
  mask?: (text: string) => string;
  /** Called for every image that is needed. */
  imageUsed?: (use: ImageUse) => void;
  /** Whether a project's container is kept between runs. */
  reuse?: () => boolean;
  /** Called when the state of the daemon has changed. */
  changed?: () => void;
  /** Called on every event of one of Drydock's containers, while the daemon is watched. */
  containersChanged?: () => void;
  /** Replace defaults of the Dockerfiles, e.g. `BASE_IMAGE`. */
  buildArgs?: () => Record<string, string>;
  limits?: () => Limits;
  /** Of this machine's programs; default: as it is. */
  platform?: Platform;
}

/** Everything that talks to Docker. Nothing is looked up or watched before it is needed. */
export interface DockerDependencies {
  engine: DockerEngine;
  services: Services;
  daemon: DockerDaemon;
  images: Images;
  containers: Containers;
  /** The last known state. */
  state: () => DaemonState;
  /** The state, checked now. */
  look: () => Promise<DaemonState>;
  /** Follows the daemon until `close`. */
  watch: () => void;
  close: () => void;
}

export function openDocker(options: DockerOptions): DockerDependencies {
  const { dataFolder, settings } = options;
  const daemon = new DockerDaemon({
    dockerHost: () => settings().dockerHost,
    changed: options.changed ?? (() => undefined),
    containersChanged: options.containersChanged,
  });
  const surroundings = new HostEnvironment({
    dataFolder,
    caFile: () => settings().caFile,
    shared: options.images.flatMap(({ shared }) =>
      shared.map((folder) => path.join(dataFolder, folder)),
    ),
  });
  const images = new Images({
    daemon: () => daemon.require(),
    args: options.buildArgs ?? (() => ({})),
    specs: options.images,
    setting: options.setting ?? (() => ''),
    imageOf: options.imageOf ?? (() => ({ image: options.images[0]?.id ?? '', dockerfile: null })),
    mask: options.mask ?? ((text) => text),
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
    ownFolders: new OwnFolders({ dataFolder, images, platform: options.platform }),
    tools: options.tools,
    limits,
    reuse: options.reuse ?? (() => true),
  });
  const services = dockerServices({ dataFolder, daemon, images, surroundings, limits });
  const engine = dockerEngine({
    dataFolder,
    daemon,
    images,
    tools: options.tools,
    workspaces,
    services,
  });
  return {
    engine,
    services,
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
