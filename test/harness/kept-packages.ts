import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { RUN_FOLDER } from '../../build/lib/test-run.mjs';
import { once } from './docker-run.ts';

const run = promisify(execFile);

/**
 * Where the packages of fixtures are kept between test runs: some hundred megabytes each. The folder
 * is the user's, not a test's, so that working copies share it.
 */
const store = path.join(
  process.env.XDG_CACHE_HOME ?? `${os.userInfo().homedir}/.cache`,
  'drydock-test/hardhat',
);

/** Why the packages of fixtures are unavailable here; null: they are available. */
export async function whyNotInstalled(fixtures: readonly string[]): Promise<string | null> {
  const installed = await Promise.all(fixtures.map(placeOf));
  if (installed.every((folder) => existsSync(folder))) return null;
  try {
    await npm(['view', 'hardhat', 'name'], os.tmpdir());
    return null;
  } catch {
    return 'The packages of its fixtures are not installed, and no npm registry can be reached.';
  }
}

/**
 * A folder with what `npm ci` installs for a fixture, and with what `copy` puts there: at least its
 * package.json and its lockfile. It is to be left as it is.
 */
export async function installKept(
  fixture: string,
  copy: (to: string) => Promise<void>,
): Promise<string> {
  const installed = await placeOf(fixture);
  if (existsSync(installed)) return installed;
  const runFolder = process.env[RUN_FOLDER];
  const work = () => installInto(installed, copy);
  // A bench is alone.
  await (runFolder ? once(runFolder, `install-${path.basename(fixture)}`, work) : work());
  return installed;
}

/** The folder for a fixture with its packages, one for each lockfile. */
async function placeOf(fixture: string): Promise<string> {
  const lockfile = await readFile(path.join(fixture, 'package-lock.json'));
  const hash = createHash('sha256').update(lockfile).digest('hex').slice(0, 16);
  return path.join(store, `${path.basename(fixture)}-${hash}`);
}

/** The user's npm: with the user's registry and cache. */
const npm = (args: string[], cwd: string) =>
  run('npm', args, { cwd, env: { ...process.env, HOME: os.userInfo().homedir } });

async function installInto(installed: string, copy: (to: string) => Promise<void>): Promise<void> {
  await mkdir(store, { recursive: true });
  const folder = await mkdtemp(`${installed}-`);
  try {
    await copy(folder);
    await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
    await rename(folder, installed);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    // Another run may have been first.
    if (!existsSync(installed)) throw error;
  }
}
