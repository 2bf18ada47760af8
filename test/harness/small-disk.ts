import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'pipe' });

/** Why no disk of our own can be mounted here; null when it can. */
export function whyNoMount(): string | null {
  try {
    smallDisk(1)[Symbol.dispose]();
    return null;
  } catch {
    return 'no file system may be mounted here';
  }
}

export interface SmallDisk extends Disposable {
  path: string;
  /** Leaves so many bytes free. */
  fill(leave?: number): void;
  free(): void;
  /** Fails while a file on it is open for writing. */
  readOnly(): void;
  writable(): void;
}

/** A file system in memory, of so many MiB, unmounted at the end of its scope. */
export function smallDisk(mebibytes: number): SmallDisk {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'drydock-disk-'));
  try {
    mount('-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'none', folder);
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
  const ballast = path.join(folder, 'ballast');
  return {
    path: folder,
    fill(leave = 0) {
      rmSync(ballast, { force: true });
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize));
      if (leave > 0) truncateSync(ballast, Math.max(0, bavail * bsize - leave));
    },
    free: () => rmSync(ballast, { force: true }),
    readOnly: () => void mount('-o', 'remount,ro', folder),
    writable: () => void mount('-o', 'remount,rw', folder),
    [Symbol.dispose]() {
      execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
      rmdirSync(folder);
    },
  };
}
