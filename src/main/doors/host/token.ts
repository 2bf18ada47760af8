import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { despiteLocks } from '../../lib/despite-locks.ts';

const fileOf = (home: string) => path.join(home, 'run', 'token');

/**
 * The data folder's token: 256 random bits in `run/token`, which only this user can read. It stays
 * the same over restarts, so that an open page and a script go on, until `renewToken`.
 */
export async function hostToken(home: string): Promise<string> {
  const known = await readFile(fileOf(home), 'utf8').catch(() => '');
  if (!/^[\w-]{43}$/.test(known)) return renewToken(home);
  await chmod(fileOf(home), 0o600);
  return known;
}

/** Makes a new one. A host that runs goes on with the old one until it is told. */
export async function renewToken(home: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await mkdir(path.dirname(fileOf(home)), { recursive: true, mode: 0o700 });
  await despiteLocks(() => writeFileAtomic(fileOf(home), token, { mode: 0o600 }));
  return token;
}
