import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { appRoot } from '#main/lib/app-root.ts';
import { findRuntime } from '../../build/lib/runtime.mjs';
import { installTools } from '../../build/packaging/fetch.mjs';
import { writeStandInElectron } from './stand-in-electron.ts';

const run = promisify(execFile);

/** Why nothing can be packed on this machine; null when it can. */
export async function whyNoPacking(): Promise<string | null> {
  if (process.platform !== 'linux') return 'the stand-in for Electron is one for Linux';
  const runtime = findRuntime();
  if (!runtime) return 'there is no Node that Drydock runs on';
  return installTools(runtime).then(
    () => null,
    (error: Error) => error.message,
  );
}

/**
 * Runs `npm run dist` over a stand-in for Electron.
 *
 * @returns the folder that it wrote to
 */
export async function dist(
  options: readonly string[],
  env: Record<string, string> = {},
): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'drydock-dist-'));
  const electron = path.join(folder, 'electron');
  const output = path.join(folder, 'dist');
  writeStandInElectron(electron);
  const script = path.join(appRoot(), 'build', 'dist.mjs');
  const where = ['--electron-dist', electron, '--output', output];
  await run(process.execPath, [script, ...where, ...options], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  return output;
}
