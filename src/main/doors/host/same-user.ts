import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/** How /proc/net/tcp and tcp6 write an address of 127.0.0.1, on machines of little endian. */
const loopback = ['0100007F', '0000000000000000FFFF00000100007F'];

/** proc(5): local address, remote address, state, queues, timer, retransmits, user. */
const pattern = /^\s*\d+: (\w+):(\w{4}) \w+:(\w{4}) \w\w \S+ \S+ \S+\s+(\d+) /;

const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0');

/**
 * Whether the program at the other end of a connection runs as this user, or as root. True where
 * the system doesn't tell.
 */
export async function isOfSameUser({ remotePort, localPort }: Socket): Promise<boolean> {
  if (process.platform !== 'linux' || remotePort === undefined || localPort === undefined) {
    return true;
  }
  const [from, to] = [hex(remotePort), hex(localPort)];
  for (const table of ['tcp', 'tcp6']) {
    const text = await readFile(`/proc/self/net/${table}`, 'latin1').catch(() => '');
    for (const line of text.split('\n')) {
      const [, address = '', near, far, user] = pattern.exec(line) ?? [];
      if (near !== from || far !== to || !loopback.includes(address)) continue;
      return Number(user) === process.getuid?.() || Number(user) === 0;
    }
  }
  return true;
}
