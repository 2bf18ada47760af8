/**
 * Outlives a test run and removes what is left of it: processes, Docker daemons with everything in
 * them, mounts, files. Runs without a build, on Node alone.
 *
 *     node run-keeper.ts <folder of the run>
 *
 * The run is over when stdin ends, which happens however its first process ends.
 */
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stopPrivateDaemon, unmountBelow } from './docker-daemon.ts';

const [folder = ''] = process.argv.slice(2);
if (!path.isAbsolute(folder) || !path.basename(folder).startsWith('drydock-run-')) {
  throw new Error('Usage: node run-keeper.ts <folder of a test run>');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
for await (const _ of process.stdin);

// The daemons are ended later: they have containers to end.
endProcesses(
  ({ command }) => !command.includes(`${folder}/`) || !/docker|containerd/.test(command),
);
for (const daemon of daemonFolders()) {
  await stopPrivateDaemon(daemon).catch((error: Error) =>
    process.stderr.write(`${daemon}: ${error.message}\n`),
  );
}
endProcesses(() => true);
await unmountBelow(folder);
rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });

interface Process {
  command: string;
}

/** Ends the processes of the run until none is left: some start others as they end. */
function endProcesses(which: (process: Process) => boolean): void {
  if (process.platform !== 'linux') return;
  for (let rounds = 0; rounds < 20; rounds++) {
    const left = readdirSync('/proc')
      .map(Number)
      .filter((pid) => Number.isInteger(pid) && pid !== process.pid && isOfRun(pid))
      .filter((pid) => which({ command: read(pid, 'cmdline') }));
    if (left.length === 0) return;
    for (const pid of left) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has already ended.
      }
    }
  }
}

/** A zombie process has neither. */
function isOfRun(pid: number): boolean {
  if (read(pid, 'environ').includes(folder)) return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(`${folder}/`);
  } catch {
    return false;
  }
}

function read(pid: number, name: 'environ' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** The folders of the run, and those of single suites, which are below it. */
function daemonFolders(): string[] {
  const below = readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map((one) => path.join(folder, one.name));
  return [folder, ...below].filter((one) => existsSync(path.join(one, 'dockerd.log')));
}
