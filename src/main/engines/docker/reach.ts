import net from 'node:net';
import { isLoopback } from '../../lib/loopback.ts';
import { ask } from './ask.ts';
import type { Daemon, DockerDaemon } from './daemon.ts';
import { ifThere } from './docker-errors.ts';
import { type ReachedService, serviceAt } from './reached-service.ts';

/**
 * `Engine.reach`.
 *
 * @param known the Drydock chain that this machine reaches at a host and port, if it is already known
 */
export async function reach(
  url: string,
  daemons: DockerDaemon,
  known: (at: string) => ReachedService | undefined,
): Promise<string | null> {
  const address = new URL(url);
  const isHere = isLoopback(address.hostname);
  if (!isHere && !PRIVATE.test(address.hostname)) return url;
  const port = Number(address.port) || (address.protocol === 'https:' ? 443 : 80);
  return ask(daemons, async (daemon) => {
    const at = `${isHere ? '127.0.0.1' : address.hostname}:${port}`;
    const service = known(at) ?? (await serviceAt(daemon.docker, at));
    if (service) return withHost(url, service.name, service.port);
    if (!isHere) return url;
    const near = await isBehindGateway(daemon, port);
    return near ? withHost(url, 'host.docker.internal') : null;
  });
}

/** Networks of containers, as far as they can be known by their addresses. */
const PRIVATE = /^(10|172|192\.168)\.[\d.]+$/;

function withHost(url: string, hostname: string, port?: number): string {
  const address = new URL(url);
  address.hostname = hostname;
  if (port !== undefined) address.port = `${port}`;
  const text = address.toString();
  return url.endsWith('/') ? text : text.replace(/\/$/, '');
}

/**
 * Whether a container reaches a listener on this machine's loopback. Docker Desktop and similar
 * engines forward it; where containers run on this machine's kernel, the listener must use other
 * addresses too.
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
