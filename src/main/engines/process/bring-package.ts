import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { EnvHttpProxyAgent } from 'undici';
import { type Registry, registryOf } from '../../lib/npm/registry.ts';
import {
  downloadTarball,
  isOfDisk,
  type PinnedPackage,
  WrongContents,
} from '../../lib/npm/tarball.ts';
import { unpackFiles } from '../../lib/npm/unpack.ts';
import { messageOf } from '../../shared/errors.ts';
import type { DownloadFolder } from './download-folder.ts';

/** A server that says nothing for so long has gone. */
const SILENT_MS = 30_000;
const LOOK_EVERY_MS = 300;

export interface PackageWish {
  folder: DownloadFolder;
  pinned: PinnedPackage;
  /** What is unpacked of it, and the modes. */
  files: ReadonlyMap<string, number>;
  env?: NodeJS.ProcessEnv;
  home?: string;
  caFile: string;
  signal: AbortSignal;
  progress: (received: number, total: number | null) => void;
}

/**
 * Brings a package from the registry: downloaded, verified, unpacked, and then put in its place at
 * once. What another process downloads already is waited for. Rejects with a sentence that says what
 * to do.
 */
export async function bringPackage(wish: PackageWish): Promise<void> {
  const { folder, pinned, files, env, home, signal, progress } = wish;
  const registry = await registryOf(pinned.name.split('/')[0] as string, env, home);
  const dispatcher = new EnvHttpProxyAgent({
    headersTimeout: SILENT_MS,
    bodyTimeout: SILENT_MS,
    connect: { timeout: SILENT_MS, ...trusted(wish.caFile) },
  });
  try {
    if (await isBroughtElsewhere(wish)) return;
    await folder.adopt(pinned);
    const file = folder.tarball(pinned);
    await downloadTarball({ registry, pinned, file, dispatcher, signal, progress });
    await unpackFiles(file, files, folder.unpacking(pinned));
    await folder.settle(pinned);
  } catch (error) {
    // A full disk needs the room, and what is wrong is of no use; a part that is right stays.
    if (isOfDisk(error) || error instanceof WrongContents) await folder.drop(pinned);
    throw new Error(reasonOf(error, pinned, registry), { cause: error });
  } finally {
    await dispatcher.close();
  }
}

/** Resolves with whether it is here. */
async function isBroughtElsewhere({ folder, pinned, signal, progress }: PackageWish) {
  for (;;) {
    if (existsSync(folder.of(pinned))) return true;
    const received = await folder.receivedElsewhere(pinned);
    if (received === null) return existsSync(folder.of(pinned));
    progress(received, null);
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

const trusted = (caFile: string): { ca?: string[] } =>
  caFile === '' ? {} : { ca: [...rootCertificates, readFileSync(caFile, 'utf8')] };

function reasonOf(error: unknown, { name }: PinnedPackage, { url }: Registry): string {
  if (error instanceof WrongContents) {
    return `${error.message}. ${url.host} may be a mirror that changes packages: set another registry in your npmrc.`;
  }
  if (isOfDisk(error)) {
    return error.code === 'ENOSPC' || error.code === 'EDQUOT'
      ? `The disk is full, so ${name} could not be written. Free 200 MB.`
      : `${name} could not be written to the data folder: ${error.message}.`;
  }
  return `${name} could not be downloaded from ${url.host}: ${networkReason(error)}. Check the connection, or set a registry that can be reached in your npmrc.`;
}

const words: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is not known, this machine may be offline',
  EAI_AGAIN: 'its name could not be looked up, this machine may be offline',
  ENETUNREACH: 'there is no way to it, this machine may be offline',
};

/** What `fetch` says is in its cause. */
function networkReason(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return words[code] ?? messageOf(cause).split('\n')[0] ?? code;
}
