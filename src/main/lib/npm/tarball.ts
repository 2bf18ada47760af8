import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import pRetry, { AbortError } from 'p-retry';
import { type Dispatcher, fetch } from 'undici';
import type { Registry } from './registry.ts';

/** A version of a package, and what its tarball is to be. */
export interface PinnedPackage {
  /** With its scope. */
  name: string;
  version: string;
  /** `sha512-…`, as in a lockfile. */
  integrity: string;
}

/** What arrived is not what was pinned. Nothing of it is kept. */
export class WrongContents extends Error {
  override name = 'WrongContents';
}

/** No tarball is larger; a server that goes on sending fills no disk. */
const MOST_BYTES = 512 * 1024 * 1024;

const RETRIES = { retries: 3, minTimeout: 300, factor: 3 };

/** Where registries keep tarballs, as npm assumes for those that a lockfile names. */
export const tarballUrl = ({ url }: Registry, { name, version }: PinnedPackage): URL =>
  new URL(`${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`, url);

export interface TarballRequest {
  registry: Registry;
  pinned: PinnedPackage;
  /** Where it is written; what is there already is a part of it, and is gone on with. */
  file: string;
  dispatcher: Dispatcher;
  signal: AbortSignal;
  /** Bytes so far, and in all as far as the server says it. */
  progress: (received: number, total: number | null) => void;
}

/**
 * Downloads a tarball and makes sure that it is the pinned one. A part that was cut off stays for
 * the next time. Rejects with WrongContents, with what the disk says, or with what the network says.
 */
export async function downloadTarball(request: TarballRequest): Promise<void> {
  const { file, pinned } = request;
  const resumed = (await sizeOf(file)) > 0;
  await pRetry(() => receive(request), RETRIES);
  if ((await integrityOf(file)) === pinned.integrity) return;
  await rm(file, { force: true });
  // Perhaps the beginning was another one's.
  if (resumed) return downloadTarball(request);
  throw new WrongContents(
    `${pinned.name} ${pinned.version} is not the one that this Drydock was made with, and was refused`,
  );
}

async function receive(request: TarballRequest): Promise<void> {
  const { registry, pinned, file, dispatcher, signal, progress } = request;
  const have = await sizeOf(file);
  const { authorization } = registry;
  const response = await fetch(tarballUrl(registry, pinned), {
    headers: {
      'accept-encoding': 'identity',
      ...(authorization === null ? {} : { authorization }),
      ...(have > 0 ? { range: `bytes=${have}-` } : {}),
    },
    dispatcher,
    signal,
  });
  // All of it is here already.
  if (response.status === 416) return response.body?.cancel();
  if (!response.ok || !response.body) {
    const refused = new Error(`it answered ${response.status}`);
    throw response.status >= 500 ? refused : new AbortError(refused);
  }
  const isRest =
    response.status === 206 &&
    response.headers.get('content-range')?.startsWith(`bytes ${have}-`) === true;
  const length = Number(response.headers.get('content-length')) || null;
  let received = isRest ? have : 0;
  const total = length === null ? null : received + length;
  const target = await open(file, isRest ? 'a' : 'w', 0o600);
  try {
    for await (const piece of response.body) {
      await writeAll(target, piece);
      received += piece.byteLength;
      if (received > MOST_BYTES) throw new WrongContents(`${pinned.name} is larger than expected`);
      progress(received, total);
    }
  } catch (error) {
    throw isOfDisk(error) || error instanceof WrongContents ? new AbortError(error) : error;
  } finally {
    await target.close();
  }
}

async function writeAll(file: { write: Write }, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.byteLength; ) {
    const { bytesWritten } = await file.write(piece, at, piece.byteLength - at);
    at += bytesWritten;
  }
}

type Write = (piece: Uint8Array, at: number, length: number) => Promise<{ bytesWritten: number }>;

/** Whether the disk is full, or takes nothing for another reason. */
export const isOfDisk = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  'code' in error &&
  ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EACCES', 'EPERM'].includes(String(error.code));

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

async function integrityOf(file: string): Promise<string> {
  const hash = createHash('sha512');
  for await (const piece of createReadStream(file)) hash.update(piece);
  return `sha512-${hash.digest('base64')}`;
}
