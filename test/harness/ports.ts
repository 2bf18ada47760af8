import { createServer } from 'node:net';
import { isPortFree } from '#main/lib/ports.ts';

/** Below the ports that the system hands out, and those that Drydock takes for releases. */
const FIRST = 10_000;
const RANGES = 50;
const PORTS_EACH = 200;
/** Of each range, for chains that look for a port themselves; the others are for `freePort`. */
const PORTS_OF_CHAINS = 50;

/**
 * The first of this process's ports of 127.0.0.1, which no other process of any test run on this
 * machine uses: a chain that is restarted finds its port free, whatever runs beside it.
 */
let range: Promise<number> | undefined;
let given = 0;

/** Lets the cores of this process, and of those that it starts, take chains' ports of its own. */
export async function takeOwnPorts(): Promise<void> {
  range ??= reserveRange();
  process.env.DRYDOCK_CHAIN_PORT = `${(await range) + 1}`;
}

/** A port that nothing listens on, and that nobody else gets meanwhile. */
export async function freePort(): Promise<number> {
  range ??= reserveRange();
  const first = (await range) + PORTS_OF_CHAINS;
  const count = PORTS_EACH - PORTS_OF_CHAINS;
  for (let tries = 0; tries < count; tries++) {
    const port = first + (given++ % count);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`all ports from ${first} on are taken`);
}

/** It is this process's as long as this listens on its first port; the system ends that with it. */
async function reserveRange(): Promise<number> {
  const begin = Math.floor(Math.random() * RANGES);
  for (let index = 0; index < RANGES; index++) {
    const first = FIRST + ((begin + index) % RANGES) * PORTS_EACH;
    if (await reserve(first)) return first;
  }
  throw new Error('all ranges of ports for tests are taken');
}

function reserve(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.unref();
      resolve(true);
    });
  });
}
