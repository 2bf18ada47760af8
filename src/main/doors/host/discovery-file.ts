import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { isRunning } from '../../lib/is-running.ts';
import { getJson } from './get-json.ts';

const shape = z.object({
  pid: z.int().positive(),
  port: z.int().min(1).max(65535),
  url: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+$/),
  token: z.string().min(1),
  startedAt: z.int().describe('Unix time, ms'),
});

/** How a command finds the host that serves a data folder, and gets in. */
export type Discovery = z.infer<typeof shape>;

const fileOf = (home: string) => path.join(home, 'run', 'host.json');

/** Only this user can read it: it holds the token. */
export async function writeDiscoveryFile(home: string, beacon: Discovery): Promise<void> {
  const file = fileOf(home);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await despiteLocks(() =>
    writeFileAtomic(file, `${JSON.stringify(beacon, null, 2)}\n`, { mode: 0o600 }),
  );
}

/** Removes it unless another host has written its own meanwhile. */
export async function removeDiscoveryFile(home: string, beacon: Discovery): Promise<void> {
  const current = await readDiscoveryFile(home);
  const isOurs = current?.pid === beacon.pid && current.port === beacon.port;
  if (isOurs) await rm(fileOf(home), { force: true });
}

/** What stands there; null when there is nothing, or nothing that makes sense. */
export async function readDiscoveryFile(home: string): Promise<Discovery | null> {
  try {
    return shape.parse(JSON.parse(await readFile(fileOf(home), 'utf8')));
  } catch {
    return null;
  }
}

/** One that is busy is no less there; one that is frozen costs a command this long. */
const ALIVE_WITHIN_MS = 10_000;

const info = z.object({ pid: z.int() });

/**
 * The host that serves this data folder right now, or null: its process runs, it responds to its
 * token, and it says that it is that process. What a crash has left behind counts as nothing.
 */
export async function findHost(home: string): Promise<Discovery | null> {
  const beacon = await readDiscoveryFile(home);
  if (!beacon || !isRunning(beacon.pid)) return null;
  try {
    const { status, body } = await getJson(`${beacon.url}/api/info`, beacon.token, ALIVE_WITHIN_MS);
    return status === 200 && info.parse(body).pid === beacon.pid ? beacon : null;
  } catch {
    return null;
  }
}
