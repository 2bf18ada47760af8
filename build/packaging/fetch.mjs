// Brings what is packed onto this machine.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { exclusively } from '../lib/lock.mjs';
import { npm, npmOutput } from '../lib/npm.mjs';
import { inProject, SetupError, say } from '../lib/project.mjs';
import { isThisMachine, nameOf, platformOf } from './target.mjs';

/** @typedef {import('./target.mjs').Target} Target */
/** @typedef {import('../lib/runtime.mjs').Runtime} Runtime */

const folder = inProject('build', 'packaging');

const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Installs the packages of a lockfile, unless this very lockfile was installed there.
 * @param {Runtime} runtime
 * @param {string} place holds package.json and package-lock.json
 * @param {string[]} options
 * @param {string} what is installed, for the user
 */
async function installIn(runtime, place, options, what) {
  const lock = readFileSync(join(place, 'package-lock.json'), 'utf8');
  const stamp = join(place, 'node_modules', '.drydock-installed');
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
  if (isInstalled()) return;
  await exclusively(async () => {
    if (isInstalled()) return;
    say(`Installing ${what}.`);
    const code = await npm(runtime.node, ['ci', ...quietly, ...options], {
      cwd: place,
      env: { ...runtime.env, NODE_ENV: '' },
    });
    if (code !== 0) {
      throw new SetupError(
        `npm could not install ${what} (exit ${code}). Check the connection to the npm registry and start again.`,
      );
    }
    mkdirSync(join(place, 'node_modules'), { recursive: true });
    writeFileSync(stamp, lock);
  });
}

/** Installs the tools that pack, which no other command needs. @param {Runtime} runtime */
export const installTools = (runtime) =>
  installIn(runtime, folder, [], 'what makes installers into build/packaging');

/** Loads one of those tools. */
export const tool = createRequire(join(folder, 'package.json'));

/**
 * Installs packages for a target.
 * @param {Runtime} runtime
 * @param {Target} target
 * @param {string} from holds the lockfile
 * @param {string} kind tells the folders of one target apart
 * @returns {Promise<string>} the folder that holds their node_modules
 */
async function installFor(runtime, target, from, kind) {
  const place = inProject('node_modules', '.cache', 'drydock', `${kind}-${nameOf(target)}`);
  mkdirSync(place, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) {
    copyFileSync(join(from, name), join(place, name));
  }
  const options = ['--omit=dev', `--os=${platformOf(target)}`, `--cpu=${target.arch}`];
  await installIn(runtime, place, options, `the ${kind} of ${nameOf(target)}`);
  return place;
}

/**
 * The folder whose node_modules hold Drydock's own packages for a target: the checkout's where it
 * is this machine.
 * @param {Runtime} runtime
 * @param {Target} target
 */
export const packagesOf = async (runtime, target) =>
  isThisMachine(target) ? inProject() : installFor(runtime, target, inProject(), 'packages');

/**
 * The folder whose node_modules hold the Node of a target.
 * @param {Runtime} runtime
 * @param {Target} target
 */
export const nodeOf = (runtime, target) =>
  installFor(runtime, target, inProject('build', 'runtime'), 'node');

/**
 * What the registry says a version of a package is, as a lockfile has it.
 * @param {Runtime} runtime
 * @param {string} name
 * @param {string} version
 * @returns {Promise<string>}
 */
export async function integrityOf(runtime, name, version) {
  const asked = ['view', `${name}@${version}`, 'dist.integrity', '--json'];
  const text = await npmOutput(runtime.node, asked, { cwd: folder, env: runtime.env });
  const integrity = text === null ? null : JSON.parse(text);
  if (typeof integrity === 'string' && integrity.startsWith('sha512-')) return integrity;
  throw new SetupError(
    `The registry does not say what ${name} ${version} is. Check the connection to it, or pack with the toolchain.`,
  );
}
