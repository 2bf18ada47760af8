import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/**
 * The data folder's token: 256 random bits in `run/token`, which only this user can read. It stays
 * the same over restarts, so that an open page and a script go on; delete the file for a new one.
 */
export async function hostToken(home: string): Promise<string> {
  const file = path.join(home, 'run', 'token');
  const known = await readFile(file, 'utf8').catch(() => '');
  if (/^[\w-]{43}$/.test(known)) {
    await chmod(file, 0o600);
    return known;
  }
  const token = randomBytes(32).toString('base64url');
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFileAtomic(file, token, { mode: 0o600 });
  return token;
}
