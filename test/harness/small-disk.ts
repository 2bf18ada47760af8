import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  rmdirSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'pipe' });

/** Why no disk can be mounted for tests here; null when it can. */
export function whyNoMount(): string | null {
  try {
    smallDisk(1)[Symbol.dispose]();
    return null;
  } catch {
    return 'no file system may be mounted here';
  }
}

/** Why no failing disk can be made here; null when it can. */
export function whyNoFailingDisk(): string | null {
  try {
    failingDisk()[Symbol.dispose]();
    return null;
  } catch {
    return 'no ext4 image can be mounted here';
  }
}

export interface FailingDisk extends Disposable {
  path: string;
  /** Everything written so far survives the failure. */
  sync(): void;
  /** From now on all writes fail, as after a hardware error. */
  fail(): void;
  /** As after a restart of the machine. */
  repair(): void;
}

/** A file system in an image file, unmounted at the end of its scope. */
export function failingDisk(): FailingDisk {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'drydock-disk-'));
  const image = `${folder}.img`;
  const dispose = () => {
    rmdirSync(folder);
    rmSync(image);
  };
  writeFileSync(image, '');
  truncateSync(image, 24 * 1024 * 1024);
  try {
    execFileSync('mkfs.ext4', ['-q', image], { stdio: 'pipe' });
    mount('-o', 'loop', image, folder);
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    path: folder,
    sync: () => void execFileSync('sync', ['-f', folder], { stdio: 'pipe' }),
    fail: () => void mount('-o', 'remount,abort', folder),
    repair() {
      execFileSync('umount', [folder], { stdio: 'pipe' });
      mount('-o', 'loop', image, folder);
    },
    [Symbol.dispose]() {
      execFileSync('umount', [folder], { stdio: 'pipe' });
      dispose();
    },
  };
}

export interface SmallDisk extends Disposable {
  path: string;
  /** Leaves this many bytes free. */
  fill(leave?: number): void;
  free(): void;
  /** Fails while a file on it is open for writing. */
  readOnly(): void;
  writable(): void;
}

/** A file system in memory, of this many MiB, unmounted at the end of its scope. */
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
      try {
        writeFileSync(ballast, Buffer.alloc(bavail * bsize));
      } catch (error) {
        // What else is written there meanwhile leaves less than was free; it is full all the same.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
      if (leave > 0) truncateSync(ballast, Math.max(0, statSync(ballast).size - leave));
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
