import { randomInt } from 'node:crypto';
import { freePort } from '../../lib/ports.ts';
import type { PrivatePlace } from '../engine.ts';

/** Systems on which every address of 127.0.0.0/8 is this machine without being set up. */
const HAVE_ALL_OF_LOOPBACK: readonly NodeJS.Platform[] = ['linux', 'win32'];

/**
 * `Engine.privatePlace`: an address of loopback that no page can guess, with the same port; where
 * there is none but 127.0.0.1, another port.
 */
export async function privatePlace(
  port: number,
  platform: NodeJS.Platform = process.platform,
): Promise<PrivatePlace> {
  const listen = HAVE_ALL_OF_LOOPBACK.includes(platform)
    ? { host: anyLoopback(), port }
    : { host: '127.0.0.1', port: await freePort() };
  return {
    listen,
    ports: [{ port: listen.port, host: listen.port }],
    addressOf: async () => `http://${listen.host}:${listen.port}`,
  };
}

/** None of 127.0.0.0/16, where systems have addresses for purposes of their own. */
const anyLoopback = (): string =>
  `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
