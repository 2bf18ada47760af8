import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { statOf } from '../../lib/fs-sync.ts';
import { storageOf } from '../../lib/storage.ts';
import type { Check, Finding, NamedCheck } from '../../shared/check.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Report } from './contract.ts';

const LEAST_FREE = 1 << 30;

export interface DoctorDependencies {
  dataFolder: string;
  /** Whether it still stands where it was opened. Absent: it isn't open, and may have to be made. */
  isPresent?: () => boolean;
  /** What is looked at first after Node: tools, and the Docker daemon. */
  machine: readonly NamedCheck[];
  /** What other features have to say. */
  more?: () => Promise<readonly NamedCheck[]>;
}

export function doctorService(deps: DoctorDependencies) {
  const checks: readonly NamedCheck[] = [
    { id: 'node', title: 'Node', look: node },
    ...deps.machine,
    { id: 'data-folder', title: 'Data folder', look: dataFolder },
    { id: 'disk', title: 'Free disk', look: disk },
  ];

  async function dataFolder(): Promise<Finding> {
    if (deps.isPresent?.() === false) {
      // Made anew it would be in the way of the one that is to come back.
      const remedy =
        'Move it back, and Drydock goes on; if it is gone for good, end Drydock and start it again.';
      const detail = `${deps.dataFolder} was moved or deleted while Drydock has it open`;
      return { status: 'error', detail, remedy };
    }
    try {
      await mkdir(deps.dataFolder, { recursive: true, mode: 0o700 });
      // Of this look alone: another one, of this process too, may be at the same place.
      const probe = path.join(deps.dataFolder, `.doctor-${randomUUID()}`);
      try {
        await writeFile(probe, 'writable?', { mode: 0o600 });
      } finally {
        await rm(probe, { force: true });
      }
      return ok(`${deps.dataFolder} is writable`);
    } catch (error) {
      const remedy = 'Repair its permissions, or set DRYDOCK_HOME to another folder.';
      const detail = `${deps.dataFolder} can't be written: ${messageOf(error)}`;
      return { status: 'error', detail, remedy };
    }
  }

  async function disk(): Promise<Finding> {
    const { state, freeBytes: free } = storageOf(existingPart(deps.dataFolder));
    if (state === 'full') {
      return {
        status: 'error',
        detail: 'the disk that the data folder is on is full',
        remedy:
          'Free some space: nothing can be recorded until then. "drydock data prune --dry-run" shows what Drydock can give back.',
      };
    }
    const detail = `${(free / 2 ** 30).toFixed(1)} GiB free where the data folder is`;
    if (free >= LEAST_FREE) return ok(detail);
    const remedy = 'Free some space: chain states, snapshots and logs need it.';
    return { status: 'warning', detail, remedy };
  }

  return {
    async run(): Promise<Report> {
      const more = (await deps.more?.()) ?? [];
      const results = await Promise.all(
        [...checks, ...more].map(async ({ id, title, look }): Promise<Check> => {
          const finding = await look().catch(failed);
          return { id, title, ...finding };
        }),
      );
      const worst = (['error', 'warning', 'ok'] as const).find((s) =>
        results.some((c) => c.status === s),
      );
      return { status: worst ?? 'ok', checks: results };
    },
  };
}

export type DoctorService = ReturnType<typeof doctorService>;

const ok = (detail: string): Finding => ({ status: 'ok', detail, remedy: null });

/** Messages of errors tell the next step themselves. */
const failed = (error: unknown): Finding => ({
  status: 'error',
  detail: messageOf(error),
  remedy: null,
});

/** The folder, or what there is of the way to it: it may be made at this moment. */
function existingPart(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    if (statOf(at)?.isDirectory() || at === path.dirname(at)) return at;
  }
}

async function node(): Promise<Finding> {
  const version = process.versions.node;
  const host = process.versions.electron ? `Electron ${process.versions.electron}, ` : '';
  const detail = `${host}Node ${version}`;
  if (Number.parseInt(version, 10) >= 22) return ok(detail);
  const remedy = 'Run Drydock with Node 22 or newer; "npm start" brings one along.';
  return { status: 'error', detail, remedy };
}
