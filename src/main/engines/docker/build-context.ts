import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import dockerignore from '@balena/dockerignore';
import type { Pack } from 'tar-stream';
import { sha256 } from '../../kit/sha256.ts';

/** What the tools of a project write; without a .dockerignore it would change the image. */
const USUALLY_IGNORED = ['**/.git', '**/node_modules', 'artifacts', 'broadcast', 'cache', 'out'];

/** The files beside a Dockerfile that it can copy. */
export interface BuildContext {
  /** Hash of names, modes and contents. */
  digest: string;
  bytes: number;
  /** Adds them all to an archive. */
  packInto: (archive: Pack) => Promise<void>;
}

interface Entry {
  name: string;
  file: string;
  mode: number;
  size: number;
  /** Target of a symbolic link. */
  linkname?: string;
}

/**
 * The folder of a Dockerfile without what its `.dockerignore` leaves out, or, without such a file,
 * what tools write.
 */
export async function readContext(dockerfile: string): Promise<BuildContext> {
  const folder = path.dirname(dockerfile);
  const rules = await readFile(path.join(folder, '.dockerignore'), 'utf8').catch(() => undefined);
  const filter = dockerignore().add(rules?.split('\n') ?? USUALLY_IGNORED);
  // A rule with ! brings back what lies in a folder that another one leaves out.
  const whole = rules === undefined || !/^\s*!/m.test(rules);
  const entries: Entry[] = [];
  await collect(folder, '', entries, (name) => whole && filter.ignores(name));
  const kept = entries.filter(({ name }) => name !== '.dockerignore' && !filter.ignores(name));
  const lines = await Promise.all(
    kept.map(async (entry) =>
      [entry.name, entry.mode & 0o111, entry.linkname ?? (await contentHash(entry.file))].join(' '),
    ),
  );
  return {
    digest: sha256(lines.join('\n')),
    bytes: kept.reduce((sum, { size }) => sum + size, 0),
    async packInto(archive) {
      for (const { name, file, mode, size, linkname } of kept) {
        if (linkname !== undefined) archive.entry({ name, mode, type: 'symlink', linkname });
        else await pipeline(exactly(file, size), archive.entry({ name, mode, size }));
      }
    },
  };
}

/** The first `size` bytes of a file: what it has grown by since is left out. */
const exactly = (file: string, size: number): Readable =>
  size === 0 ? Readable.from([]) : createReadStream(file, { end: size - 1 });

async function collect(
  folder: string,
  below: string,
  into: Entry[],
  skip: (name: string) => boolean,
): Promise<void> {
  const found = await readdir(path.join(folder, below), { withFileTypes: true });
  for (const one of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = below === '' ? one.name : `${below}/${one.name}`;
    if (skip(name)) continue;
    if (one.isDirectory()) {
      await collect(folder, name, into, skip);
    } else if (one.isFile() || one.isSymbolicLink()) {
      const file = path.join(folder, name);
      const { mode, size } = await lstat(file);
      const linkname = one.isSymbolicLink() ? await readlink(file) : undefined;
      into.push({
        name,
        file,
        mode: mode & 0o777,
        size: linkname === undefined ? size : 0,
        linkname,
      });
    }
  }
}

const hashes = new Map<string, { stamp: string; hash: string }>();

/** Read again only when the file has changed. */
async function contentHash(file: string): Promise<string> {
  const { ino, size, mtimeMs, ctimeMs } = await lstat(file);
  const stamp = [ino, size, mtimeMs, ctimeMs].join(' ');
  const known = hashes.get(file);
  if (known?.stamp === stamp) return known.hash;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const digest = hash.digest('hex');
  hashes.set(file, { stamp, hash: digest });
  return digest;
}
