import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `$ROOT`: this system, whose every change goes to `$CHANGED`, in memory. Both go with the script. */
const PRELUDE = `set -eu
export HOME=/root
place=$(mktemp -d)
mount -t tmpfs -o size=3g tmpfs "$place"
mkdir "$place/changed" "$place/work" "$place/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$place/changed,workdir=$place/work" "$place/root"
mount -t proc proc "$place/root/proc"
mount --rbind /dev "$place/root/dev"
ROOT=$place/root CHANGED=$place/changed
cleanup() { cd /; umount -l -R "$place"; rmdir "$place"; }
trap cleanup EXIT
`;

/**
 * Runs a shell script that may install and remove packages: in `$ROOT` this system can be changed,
 * and what has changed lies in `$CHANGED`.
 *
 * @returns what it printed
 */
export async function inOverlayRoot(script: string): Promise<string> {
  const { stdout } = await run('unshare', ['--mount', 'sh', '-c', PRELUDE + script], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** Why there is no such root on this machine; null when there is. */
export function whyNoOverlayRoot(...programs: readonly string[]): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'only root of a Linux installs packages';
  for (const program of [...programs, 'unshare', 'chroot']) {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    } catch {
      return `${program} is not installed`;
    }
  }
  try {
    execFileSync('unshare', ['--mount', 'sh', '-c', `${PRELUDE}true`], { stdio: 'ignore' });
    return null;
  } catch {
    return 'no overlay of the file system can be mounted here';
  }
}
