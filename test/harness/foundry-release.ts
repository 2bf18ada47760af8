import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { RUN_FOLDER } from '../../build/lib/test-run.mjs';
import { once } from './docker-run.ts';

const run = promisify(execFile);
const TOOLS = ['forge', 'cast'];

/**
 * Where releases are kept between test runs. The folder is the user's, not a test's, so that working
 * copies share it.
 */
const store = path.join(
  process.env.XDG_CACHE_HOME ?? `${os.userInfo().homedir}/.cache`,
  'drydock-test/foundry',
);

const cpu = process.arch === 'arm64' ? 'arm64' : 'amd64';
const packageOf = (tool: string) => `@foundry-rs/${tool}-${process.platform}-${cpu}`;

/** The user's npm: with the user's registry and cache. */
const npm = (args: string[], cwd: string) =>
  run('npm', args, { cwd, env: { ...process.env, HOME: os.userInfo().homedir } });

/** Why a release is unavailable here; null: it is available. */
export async function whyNoFoundry(version: string): Promise<string | null> {
  if (existsSync(path.join(store, version))) return null;
  try {
    await npm(['view', `${packageOf('forge')}@${version}`, 'version'], os.tmpdir());
    return null;
  } catch {
    return `Foundry ${version} is not installed, and no npm registry can be reached.`;
  }
}

/** Puts forge and cast of a release where foundryup puts them, below a home folder. */
export async function installFoundry(version: string, home: string): Promise<void> {
  const release = path.join(store, version);
  const runFolder = process.env[RUN_FOLDER];
  if (!existsSync(release)) {
    const work = () => fetchRelease(version, release);
    await (runFolder ? once(runFolder, `foundry-${version}`, work) : work());
  }
  const folder = path.join(home, '.foundry', 'versions', `v${version}`);
  await mkdir(folder, { recursive: true });
  for (const tool of TOOLS) {
    const binary = path.join(release, 'node_modules', packageOf(tool), 'bin', tool);
    await symlink(binary, path.join(folder, tool));
  }
}

async function fetchRelease(version: string, to: string): Promise<void> {
  await mkdir(store, { recursive: true });
  const folder = await mkdtemp(`${to}-`);
  try {
    const packages = TOOLS.map((tool) => `${packageOf(tool)}@${version}`);
    await npm(
      ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', ...packages],
      folder,
    );
    await rename(folder, to);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    // Another run may have been first.
    if (!existsSync(to)) throw error;
  }
}
