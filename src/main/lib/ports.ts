import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import net from 'node:net';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether 127.0.0.1:port can be bound now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}

/** What listens on a TCP port, as far as this user may see it, e.g. `process 4121 (node)`. */
export async function portHolder(port: number): Promise<string | undefined> {
  const pid = process.platform === 'linux' ? linuxHolder(port) : await lsofHolder(port);
  if (pid === undefined) return undefined;
  const name = await processName(pid);
  return name ? `process ${pid} (${name})` : `process ${pid}`;
}

/** Source: proc(5), /proc/net/tcp: local address, state 0A = LISTEN, inode in column 10. */
function linuxHolder(port: number): number | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    try {
      for (const line of readFileSync(table, 'latin1').split('\n').slice(1)) {
        const fields = line.trim().split(/\s+/);
        if (fields[1]?.endsWith(`:${hex}`) && fields[3] === '0A' && fields[9]) {
          inodes.add(`socket:[${fields[9]}]`);
        }
      }
    } catch {
      // No IPv6 on this machine.
    }
  }
  if (inodes.size === 0) return undefined;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const held = readdirSync(`/proc/${pid}/fd`).some((fd) => {
        try {
          return inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`));
        } catch {
          return false;
        }
      });
      if (held) return Number(pid);
    } catch {
      // Another user's process, or one that has just ended.
    }
  }
  return undefined;
}

async function lsofHolder(port: number): Promise<number | undefined> {
  if (process.platform === 'win32') {
    const { stdout } = await run('netstat', ['-ano', '-p', 'tcp']).catch(() => ({ stdout: '' }));
    const line = stdout.split('\n').find((l) => l.includes(`:${port} `) && /LISTENING/.test(l));
    return line ? Number(line.trim().split(/\s+/).at(-1)) : undefined;
  }
  const args = ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'];
  const { stdout } = await run('lsof', args).catch(() => ({ stdout: '' }));
  return stdout.trim() ? Number(stdout.trim().split('\n')[0]) : undefined;
}

async function processName(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    } catch {
      return undefined;
    }
  }
  if (process.platform === 'win32') return undefined;
  const { stdout } = await run('ps', ['-o', 'comm=', '-p', `${pid}`]).catch(() => ({ stdout: '' }));
  return stdout.trim().split('/').at(-1) || undefined;
}
