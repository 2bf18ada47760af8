import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { appRoot } from './app-root.ts';

/** Older versions crash in the native SQLite module instead of reporting that they are too old. */
const oldest = { major: 22, minor: 13 };

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}

/**
 * Ensures that the program runs on a suitable Node. Must be called before anything native is
 * imported, so the rest of an entry is a dynamic import:
 *
 *     if (ensureRuntime()) await import('./rest.ts');
 *
 * `false`: this Node is too old, and the same command continues in a newer one, with the same
 * arguments, streams, signals and exit code; or there is none, which was reported on stderr (exit
 * code 1).
 */
export function ensureRuntime(): boolean {
  if (isNewEnough(process.versions.node)) return true;
  const needs = `Drydock needs Node ${oldest.major}.${oldest.minor} or newer; this is ${process.versions.node}.`;
  const launcher = join(appRoot(), 'build', 'run.mjs');
  const [, program = '', ...args] = process.argv;
  if (!existsSync(launcher)) {
    process.stderr.write(`${needs} Install one from https://nodejs.org and start again.\n`);
    process.exitCode = 1;
    return false;
  }
  const child = spawn(process.execPath, [launcher, program, ...args], { stdio: 'inherit' });
  const typed = process.stdin.isTTY === true;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // The terminal sends Ctrl-C to the child as well.
      if (!(typed && signal === 'SIGINT')) child.kill(signal);
    });
  }
  child.once('error', (error) => {
    process.stderr.write(`${needs} Starting it on a newer one failed: ${error.message}\n`);
    process.exit(1);
  });
  child.once('close', (code, signal) => {
    process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0));
  });
  return false;
}
