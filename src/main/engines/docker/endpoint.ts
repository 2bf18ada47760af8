import { statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isLoopback } from '../../lib/loopback.ts';
import { contextEndpoint, currentContext } from './context.ts';
import { readTls, type Tls } from './tls.ts';

/** An address where a daemon may listen. */
export interface Endpoint {
  /** As in DOCKER_HOST: `unix:///…`, `npipe:////./pipe/…`, `tcp://host:port`, `ssh://user@host`. */
  host: string;
  /** Where it was found, in words. */
  source: string;
  tls?: Tls;
}

export interface EndpointSearch {
  /** The address from the settings; empty when none is set. */
  dockerHost: string;
  env?: NodeJS.ProcessEnv;
  home?: string;
  platform?: NodeJS.Platform;
}

/**
 * Where the daemon may be, the best first. A choice of the user, in the settings, DOCKER_HOST or a
 * context, is the only result; otherwise every usual socket that exists. Order of choices:
 * https://docs.docker.com/engine/manage-resources/contexts/. Throws when the chosen context doesn't
 * exist or can't be read.
 */
export function endpoints(search: EndpointSearch): Endpoint[] {
  const { env = process.env, home = os.homedir(), platform = process.platform } = search;
  const config = env.DOCKER_CONFIG || path.join(home, '.docker');
  const asked = search.dockerHost || env.DOCKER_HOST;
  if (asked) {
    const source = search.dockerHost ? 'the settings' : 'DOCKER_HOST';
    const host = asked.includes('://') ? asked : `tcp://${asked}`;
    return [{ host, source, tls: host.startsWith('tcp:') ? tlsOf(env, config) : undefined }];
  }
  const context = env.DOCKER_CONTEXT || currentContext(config);
  if (context && context !== 'default') return [contextEndpoint(config, context)];
  return usualSockets(env, home, platform).filter(
    ({ host }) => platform === 'win32' || exists(host.slice('unix://'.length)),
  );
}

function tlsOf(env: NodeJS.ProcessEnv, config: string): Tls | undefined {
  const verify = Boolean(env.DOCKER_TLS_VERIFY);
  if (!verify && !env.DOCKER_TLS && !env.DOCKER_CERT_PATH) return undefined;
  return readTls(env.DOCKER_CERT_PATH || config, verify);
}

function usualSockets(env: NodeJS.ProcessEnv, home: string, platform: NodeJS.Platform): Endpoint[] {
  const at = (source: string) => (file: string) => ({ host: `unix://${file}`, source });
  if (platform === 'win32') {
    return [
      { host: 'npipe:////./pipe/docker_engine', source: 'the Docker service' },
      { host: 'npipe:////./pipe/dockerDesktopLinuxEngine', source: 'Docker Desktop' },
      { host: 'npipe:////./pipe/podman-machine-default', source: 'Podman' },
    ];
  }
  const runtime = env.XDG_RUNTIME_DIR || (platform === 'linux' ? `/run/user/${userId()}` : '');
  const inHome = (...parts: string[]) => path.join(home, ...parts);
  return [
    ['/var/run/docker.sock'].map(at('the Docker service')),
    [inHome('.docker/run/docker.sock'), inHome('.docker/desktop/docker.sock')].map(
      at('Docker Desktop'),
    ),
    (runtime ? [path.join(runtime, 'docker.sock')] : []).map(at('rootless Docker')),
    [inHome('.orbstack/run/docker.sock')].map(at('OrbStack')),
    [
      path.join(env.COLIMA_HOME || inHome('.colima'), 'default/docker.sock'),
      inHome('.config/colima/default/docker.sock'),
    ].map(at('Colima')),
    [inHome('.rd/docker.sock')].map(at('Rancher Desktop')),
    [
      ...(runtime ? [path.join(runtime, 'podman/podman.sock')] : []),
      inHome('.local/share/containers/podman/machine/podman.sock'),
      '/run/podman/podman.sock',
    ].map(at('Podman')),
  ].flat();
}

const userId = (): number => process.getuid?.() ?? 0;

function exists(file: string): boolean {
  try {
    return statSync(file).isSocket();
  } catch (error) {
    // For a folder without permission, the attempt to connect reports it.
    return (error as NodeJS.ErrnoException).code === 'EACCES';
  }
}

/** Whether the daemon runs on this machine, as far as the address tells. */
export function isLocal({ host }: Endpoint): boolean {
  if (host.startsWith('unix:') || host.startsWith('npipe:')) return true;
  try {
    return isLoopback(new URL(host).hostname);
  } catch {
    return false;
  }
}
