import net from 'node:net';
import { ask } from './ask.ts';
import type { Daemon, DockerDaemon } from './daemon.ts';
import { ifThere } from './docker-errors.ts';
import { isLoopback } from './endpoint.ts';
import { serviceOn } from './service.ts';

/**
 * `Engine.reach`.
 *
 * @param known the Drydock chain that listens on a port, if it is already known
 */
export async function reach(
  url: string,
  daemons: DockerDaemon,
  known: (port: number) => string | undefined,
): Promise<string | null> {
  const address = new URL(url);
  if (!isLoopback(address.hostname)) return url;
  const port = Number(address.port) || (address.protocol === 'https:' ? 443 : 80);
  return ask(daemons, async (daemon) => {
    const service = known(port) ?? (await serviceOn(daemon.docker, port));
    if (service) return withHost(url, service);
    const near = await isBehindGateway(daemon, port);
    return near ? withHost(url, 'host.docker.internal') : null;
  });
}

function withHost(url: string, hostname: string): string {
  const address = new URL(url);
  address.hostname = hostname;
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
