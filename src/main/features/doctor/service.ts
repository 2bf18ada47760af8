import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine, ToolName } from '../../engines/engine.ts';
import { messageOf } from '../../kit/errors.ts';
import { storageOf } from '../../kit/storage.ts';
import type { DockerInfo } from '../app/contract.ts';
import type { Check, Report } from './contract.ts';

const LEAST_FREE = 1 << 30;

export interface DoctorParts {
  dataFolder: string;
  engine: Engine;
  /** How the Docker daemon is, looked at just now. */
  docker: () => Promise<DockerInfo>;
  /** What compiles Solidity here: native compilers at hand, and the one that comes with us. */
  compilers: () => Promise<{ installed: string[]; shipped: string | null; online: boolean }>;
  /** What other features have to say. */
  more?: readonly (() => Promise<Check>)[];
}

export function doctorService(parts: DoctorParts) {
  const checks: (() => Promise<Check>)[] = [
    node,
    () => tool('forge'),
    () => tool('anvil'),
    solc,
    docker,
    dataFolder,
    disk,
    ...(parts.more ?? []),
  ];

  async function tool(name: ToolName): Promise<Check> {
    const found = await parts.engine.tool(name);
    const where = {
      settings: 'from the settings',
      foundryup: "from foundryup's folder",
      path: 'from PATH',
      bundled: 'shipped with Drydock',
      image: 'in the image',
    }[found.source];
    return ok(name, name, `${found.version}, ${where} (${found.path})`);
  }

  async function solc(): Promise<Check> {
    const { installed, shipped, online } = await parts.compilers();
    const native = installed.length > 0 ? `native ${installed.join(', ')}` : 'no native one yet';
    const own = shipped ? `; JavaScript build ${shipped} shipped with Drydock` : '';
    if (online || installed.length > 0) {
      const fetched = online ? '; forge downloads others as needed' : '';
      return ok('solc', 'solc', `${native}${own}${fetched}`);
    }
    return {
      id: 'solc',
      title: 'solc',
      status: 'warning',
      detail: `${native}, and the download site can't be reached${own}`,
      remedy: shipped
        ? 'Compiling works, but slowly. Go online once so that forge can download native compilers.'
        : 'Go online once so that forge can download a compiler.',
    };
  }

  async function docker(): Promise<Check> {
    const { status, version, os, rootless, endpoint, source, problem } = await parts.docker();
    const title = 'Docker';
    if (status === 'ready') {
      const kind = `${rootless ? 'rootless, ' : ''}${os}`;
      return ok('docker', title, `daemon ${version} (${kind}) at ${endpoint}, from ${source}`);
    }
    const detail = problem ?? 'nothing is known of it';
    if (status === 'missing') {
      return ok('docker', title, `${detail} Not needed: Drydock runs without it.`);
    }
    const remedy = 'Follow the message, or set the engine to "process" to run without Docker.';
    return { id: 'docker', title, status: 'warning', detail, remedy };
  }

  async function dataFolder(): Promise<Check> {
    const title = 'Data folder';
    try {
      await mkdir(parts.dataFolder, { recursive: true, mode: 0o700 });
      const probe = path.join(parts.dataFolder, `.doctor-${process.pid}`);
      await writeFile(probe, 'writable?');
      await rm(probe);
      return ok('data-folder', title, `${parts.dataFolder} is writable`);
    } catch (error) {
      const remedy = 'Repair its permissions, or set DRYDOCK_HOME to another folder.';
      const detail = `${parts.dataFolder} can't be written: ${messageOf(error)}`;
      return { id: 'data-folder', title, status: 'error', detail, remedy };
    }
  }

  async function disk(): Promise<Check> {
    const title = 'Free disk';
    const { state, freeBytes: free } = storageOf(parts.dataFolder);
    if (state === 'full') {
      return {
        id: 'disk',
        title,
        status: 'error',
        detail: 'the disk that the data folder is on is full',
        remedy:
          'Free some space: nothing can be recorded until then. "drydock data prune --dry-run" shows what Drydock can give back.',
      };
    }
    const detail = `${(free / 2 ** 30).toFixed(1)} GiB free where the data folder is`;
    if (free >= LEAST_FREE) return ok('disk', title, detail);
    const remedy = 'Free some space: chain states, snapshots and logs need it.';
    return { id: 'disk', title, status: 'warning', detail, remedy };
  }

  return {
    async run(): Promise<Report> {
      const results = await Promise.all(
        checks.map((check, i) =>
          check().catch((error): Check => {
            const id = ['node', 'forge', 'anvil', 'solc', 'docker', 'data-folder', 'disk'][i] ?? '';
            return {
              id,
              title: id,
              status: 'error',
              detail: messageOf(error),
              remedy: 'Follow the message, then check again.',
            };
          }),
        ),
      );
      const worst = (['error', 'warning', 'ok'] as const).find((s) =>
        results.some((c) => c.status === s),
      );
      return { status: worst ?? 'ok', checks: results };
    },
  };
}

export type DoctorService = ReturnType<typeof doctorService>;

const ok = (id: string, title: string, detail: string): Check => ({
  id,
  title,
  status: 'ok',
  detail,
  remedy: null,
});

async function node(): Promise<Check> {
  const version = process.versions.node;
  const host = process.versions.electron ? `Electron ${process.versions.electron}, ` : '';
  const detail = `${host}Node ${version}`;
  if (Number.parseInt(version, 10) >= 22) return ok('node', 'Node', detail);
  const remedy = 'Run Drydock with Node 22 or newer; "npm start" brings one along.';
  return { id: 'node', title: 'Node', status: 'error', detail, remedy };
}
