import type Docker from 'dockerode';
import { clampedInteger } from '../../shared/safe-integer.ts';
import type { Usage } from '../containers.ts';
import { statusOf } from './docker-errors.ts';

type Stats = Docker.ContainerStats;

/**
 * Gets the resource use of containers and compares it with the previous sample, as `docker stats`
 * does (https://github.com/docker/cli/blob/master/cli/command/container/stats_helpers.go). One
 * sample for each container: the daemon's own comparison would take a second or two.
 */
export class Sampler {
  #before = new Map<string, Stats>();

  async sample(docker: Docker, ids: readonly string[]): Promise<Usage[]> {
    const stats = await Promise.all(ids.map((id) => read(docker, id)));
    const now = new Map(stats.flatMap((one, i) => (one ? [[ids[i] as string, one]] : [])));
    const usages = [...now].flatMap(([id, one]) => {
      const before = this.#before.get(id);
      return before ? [usageOf(id, before, one)] : [];
    });
    this.#before = now;
    return usages.filter((usage) => usage !== undefined);
  }
}

/** undefined for a container that has ended or was removed. */
async function read(docker: Docker, id: string): Promise<Stats | undefined> {
  try {
    const stats = await docker.getContainer(id).stats({ stream: false, 'one-shot': true });
    return stats.pids_stats?.current ? stats : undefined;
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 409) return undefined;
    throw error;
  }
}

/** undefined when it was restarted in between, or when nothing can have changed. */
export function usageOf(id: string, before: Stats, now: Stats): Usage | undefined {
  const seconds = (Date.parse(now.read) - Date.parse(before.read)) / 1000;
  const cpu = now.cpu_stats.cpu_usage.total_usage - before.cpu_stats.cpu_usage.total_usage;
  if (!(seconds > 0) || cpu < 0) return undefined;
  const system = now.cpu_stats.system_cpu_usage - before.cpu_stats.system_cpu_usage;
  const [was, is] = [traffic(before), traffic(now)];
  return {
    id,
    at: Date.parse(now.read),
    cpuPercent: system > 0 ? (cpu / system) * cores(now) * 100 : 0,
    memoryBytes: clampedInteger(memory(now)),
    // Without a limit, some engines report 2^63 or 2^64 - 1.
    memoryLimitBytes: clampedInteger(now.memory_stats.limit ?? 0),
    received: Math.max(0, is.received - was.received) / seconds,
    sent: Math.max(0, is.sent - was.sent) / seconds,
    diskRead: clampedInteger(disk(now, 'read')),
    diskWritten: clampedInteger(disk(now, 'write')),
    pids: clampedInteger(now.pids_stats?.current ?? 0),
  };
}

const cores = ({ cpu_stats: { online_cpus: online, cpu_usage: usage } }: Stats): number =>
  online || usage.percpu_usage?.length || 1;

/** `total_inactive_file` is cgroup v1's, `inactive_file` v2's. */
function memory({ memory_stats: { usage = 0, stats } }: Stats): number {
  const { total_inactive_file: v1, inactive_file: v2 } = (stats ?? {}) as Record<
    string,
    number | undefined
  >;
  const cache = v1 ?? v2 ?? 0;
  return cache < usage ? usage - cache : usage;
}

function traffic({ networks }: Stats): { received: number; sent: number } {
  const all = Object.values(networks ?? {});
  return {
    received: all.reduce((sum, { rx_bytes }) => sum + rx_bytes, 0),
    sent: all.reduce((sum, { tx_bytes }) => sum + tx_bytes, 0),
  };
}

function disk({ blkio_stats }: Stats, what: 'read' | 'write'): number {
  return (blkio_stats?.io_service_bytes_recursive ?? [])
    .filter(({ op }) => op.toLowerCase() === what)
    .reduce((sum, { value }) => sum + value, 0);
}
