import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { exclusively } from './lock.mjs';
import { npm } from './npm.mjs';
import { inProject, root, SetupError, say } from './project.mjs';

const stamp = inProject('node_modules', '.drydock-installed');

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function key() {
  const lock = readFileSync(inProject('package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`;
}

/**
 * Whether an optional package of the lockfile belongs on this machine, by its own fields. One
 * without a platform may belong to another optional one, and libc can't be determined from here.
 * @param {{ os?: string | string[]; cpu?: string | string[]; libc?: unknown }} entry
 */
function isForThisPlatform({ os, cpu, libc }) {
  if ((!os && !cpu) || libc) return false;
  const names = (/** @type {string | string[] | undefined} */ list, /** @type {string} */ name) =>
    !list || [list].flat().includes(name);
  return names(os, process.platform) && names(cpu, process.arch);
}

/**
 * Whether node_modules matches the lockfile, by npm's own record inside it, so that a manual `npm
 * install` isn't followed by another installation.
 */
function matchesLock() {
  const record = read(inProject('node_modules', '.package-lock.json'));
  if (record === null) return false;
  const wanted = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(record).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    if (present[path]) return present[path].version === entry.version;
    return entry.optional || entry.devOptional ? !isForThisPlatform(entry) : false;
  });
}

const isInstalled = () => read(stamp) === key() || matchesLock();

/**
 * Installs the dependencies from the lockfile when node_modules doesn't match it.
 * @param {import('./runtime.mjs').Runtime} runtime
 */
export async function ensureInstalled(runtime) {
  if (isInstalled()) return;
  await exclusively(async () => {
    if (isInstalled()) return;
    say('Installing dependencies.');
    const code = await npm(
      runtime.node,
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      {
        cwd: root,
        // npm omits development packages when NODE_ENV is production.
        env: { ...runtime.env, NODE_ENV: '', npm_config_omit: '', npm_config_production: '' },
      },
    );
    if (code !== 0) {
      throw new SetupError(
        `npm could not install the dependencies (exit ${code}). Check the connection to the npm registry and start again.`,
      );
    }
    writeFileSync(stamp, key());
  });
}
