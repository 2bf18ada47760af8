import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';

/**
 * Unpacks files of a package's tarball, and nothing else: where they are written is said by the
 * caller alone. Rejects when one of them isn't in it.
 *
 * @param modes of the files, by their paths within the package
 * @param into is made
 */
export async function unpackFiles(
  tarball: string,
  modes: ReadonlyMap<string, number>,
  into: string,
): Promise<void> {
  const missing = new Set(modes.keys());
  await mkdir(into, { recursive: true, mode: 0o700 });
  const entries = extract();
  const reading = pipeline(createReadStream(tarball), createGunzip(), entries);
  reading.catch(() => undefined);
  for await (const entry of entries) {
    // npm drops the first folder, whatever its name.
    const name = entry.header.name.replace(/^[^/]*\//, '');
    const mode = modes.get(name);
    if (mode === undefined || entry.header.type !== 'file' || !missing.delete(name)) {
      entry.resume();
      continue;
    }
    const file = path.join(into, ...name.split('/'));
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const target = await open(file, 'wx', mode);
    try {
      for await (const piece of entry) await target.appendFile(piece);
      await target.sync();
    } finally {
      await target.close();
    }
  }
  await reading;
  const [lacking] = missing;
  if (lacking !== undefined) throw new Error(`there is no ${lacking} in it`);
}
