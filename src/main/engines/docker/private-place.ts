import { randomInt } from 'node:crypto';
import type { PrivatePlace, RunRef } from '../engine.ts';
import { ask } from './ask.ts';
import type { DockerDaemon } from './daemon.ts';
import { ifThere } from './docker-errors.ts';
import { labels } from './labels.ts';

/** In a container nothing else listens; a page that guesses its address must guess the port, too. */
const FIRST_PORT = 20_000;
const LAST_PORT = 60_000;

/**
 * `Engine.privatePlace`. Where containers run on this machine's kernel, the container's own address,
 * which is not published; elsewhere a free port of 127.0.0.1.
 */
export function privatePlace(port: number, daemons: DockerDaemon): Promise<PrivatePlace> {
  return ask(daemons, async ({ native, rootless }) => {
    const inside = randomInt(FIRST_PORT, LAST_PORT);
    const isReached = native && !rootless;
    return {
      listen: { host: '0.0.0.0', port: inside },
      ports: [{ port: inside, host: isReached ? 'unpublished' : null }],
      labels: { [labels.port]: `${port}` },
      addressOf: (ref) => addressOf(ref, inside, isReached, daemons),
    };
  });
}

async function addressOf(
  ref: RunRef,
  inside: number,
  isReached: boolean,
  daemons: DockerDaemon,
): Promise<string | null> {
  const found = await ask(daemons, async ({ docker }) =>
    'container' in ref ? ifThere(docker.getContainer(ref.container).inspect()) : undefined,
  );
  const { Networks = {}, Ports = {} } = found?.NetworkSettings ?? {};
  const own = Object.entries(Networks).find(([name]) => /^drydock-\w+-rpc-/.test(name))?.[1];
  if (isReached && own?.IPAddress) return `http://${own.IPAddress}:${inside}`;
  const published = Ports[`${inside}/tcp`]?.[0]?.HostPort;
  return published ? `http://127.0.0.1:${published}` : null;
}
