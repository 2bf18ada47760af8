import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { askProgram, type SystemProgram } from '../system-program.ts';
import { windowsProgram } from './windows-programs.ts';

const BOUNDS = { timeoutMs: 10_000, mostBytes: 4 * 1024 * 1024 };

interface Holder {
  pid: number;
  name?: string;
}

export interface HolderSearch {
  platform?: NodeJS.Platform;
  /** Instead of those of the system: `lsof` of macOS, `netstat` and `tasklist` of Windows. */
  programs?: { lsof?: SystemProgram; netstat?: SystemProgram; tasklist?: SystemProgram };
}

/**
 * What listens on a TCP port, as far as this user may see it, e.g. `process 4121 (node)`; undefined
 * when nothing is seen, or the system can't be asked.
 */
export async function portHolder(port: number, search?: HolderSearch): Promise<string | undefined> {
  const holder = await holderOf(port, search).catch(() => undefined);
  if (holder === undefined) return undefined;
  return `process ${holder.pid}${holder.name ? ` (${holder.name})` : ''}`;
}

async function holderOf(
  port: number,
  { platform = process.platform, programs = {} }: HolderSearch = {},
): Promise<Holder | undefined> {
  if (platform === 'linux') return linuxHolder(port);
  if (platform !== 'win32') return lsofHolder(port, programs.lsof ?? ['/usr/sbin/lsof']);
  const pid = await netstatHolder(port, programs.netstat ?? windowsProgram('NETSTAT.EXE'));
  const tasklist = programs.tasklist ?? windowsProgram('tasklist.exe');
  return pid === undefined ? undefined : { pid, name: await windowsName(pid, tasklist) };
}

/** Source: proc(5), /proc/net/tcp: local address, state 0A = LISTEN, inode in column 10. */
function linuxHolder(port: number): Holder | undefined {
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
  const pid = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((one) => holdsAny(one, inodes));
  return pid === undefined ? undefined : { pid: Number(pid), name: linuxName(pid) };
}

function holdsAny(pid: string, inodes: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`));
      } catch {
        return false;
      }
    });
  } catch {
    // Another user's process, or one that has just ended.
    return false;
  }
}

function linuxName(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/**
 * Source: lsof(8), "OUTPUT FOR OTHER PROGRAMS": with `-F pc` a line `p<pid>` and one `c<command>`
 * for each process, whatever is in the name; `+c0` cuts it nowhere. Exits with 1 for none.
 */
async function lsofHolder(port: number, lsof: SystemProgram): Promise<Holder | undefined> {
  const args = ['-nP', '+c0', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'];
  const lines = (await askProgram(lsof, args, BOUNDS)).stdout.split('\n');
  const pid = lines.find((line) => /^p\d+$/.test(line))?.slice(1);
  const name = lines.find((line) => line.startsWith('c'))?.slice(1);
  return pid === undefined ? undefined : { pid: Number(pid), name };
}

/**
 * Source: netstat.exe of Windows: protocol, local address, foreign address, state, pid. The state is
 * in the language of the system (`ABHÖREN`, `À L'ÉCOUTE`), so a row is of a listener when its foreign
 * address is no address: github.com/openclaw/openclaw/pull/100012. IPv6 rows are `TCP` as well.
 */
async function netstatHolder(port: number, netstat: SystemProgram): Promise<number | undefined> {
  const { stdout } = await askProgram(netstat, ['-ano'], BOUNDS);
  for (const line of stdout.split(/\r?\n/)) {
    const fields = line.trim().split(/\s+/);
    const [protocol, local = '', foreign = ''] = fields;
    const pid = Number(fields.at(-1));
    const isListener = protocol === 'TCP' && ['0.0.0.0:0', '[::]:0'].includes(foreign);
    if (isListener && local.endsWith(`:${port}`) && pid > 0) return pid;
  }
  return undefined;
}

/**
 * Source: tasklist.exe: `"node.exe","4121","Console","1","38,120 K"` with `/FO CSV`. A sentence in
 * the language of the system when there is no such process.
 */
async function windowsName(pid: number, tasklist: SystemProgram): Promise<string | undefined> {
  const args = ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'];
  const { stdout } = await askProgram(tasklist, args, BOUNDS);
  const [, name, of] = /^"([^"]+)","(\d+)"/m.exec(stdout) ?? [];
  return Number(of) === pid ? name?.replace(/\.exe$/i, '') : undefined;
}
