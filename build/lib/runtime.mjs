import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { output } from './child.mjs';
import { exclusively } from './lock.mjs';
import { npm } from './npm.mjs';
import { inProject, SetupError, say } from './project.mjs';

const oldest = { major: 22, minor: 13 };
const folder = inProject('build', 'runtime');

/** @typedef {{ node: string; env: NodeJS.ProcessEnv }} Runtime */

/** @param {string} version as `process.versions.node` */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}

/** @returns {string | null} the path of the binary in this platform's Node package */
function packagedNode() {
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  for (const [path, entry] of Object.entries(lock.packages)) {
    const here =
      [entry.os].flat().includes(process.platform) && [entry.cpu].flat().includes(process.arch);
    if (path && here) return join(folder, path, entry.bin.node);
  }
  return null;
}

/**
 * @param {string} node
 * @returns {Runtime} with that Node first in PATH, for everything started with it
 */
function runtime(node) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const path = process.env[name];
  return {
    node,
    env: { ...process.env, [name]: path ? dirname(node) + delimiter + path : dirname(node) },
  };
}

/**
 * The Node that Drydock runs on: this one if it is new enough, otherwise the one in build/runtime.
 * @returns {Runtime | null} null when none is installed yet
 */
export function findRuntime() {
  if (isNewEnough(process.versions.node)) return runtime(process.execPath);
  const node = packagedNode();
  return node && existsSync(node) ? runtime(node) : null;
}

/**
 * The same; installs it when it is missing.
 * @returns {Promise<Runtime>}
 */
export async function ensureRuntime() {
  const found = findRuntime();
  if (found) return found;
  return exclusively(async () => {
    const meanwhile = findRuntime();
    if (meanwhile) return meanwhile;
    const needs = `Drydock needs Node ${oldest.major}.${oldest.minor} or newer; this is ${process.versions.node}`;
    const node = packagedNode();
    if (!node)
      throw new SetupError(`${needs}. Install one from https://nodejs.org and start again.`);
    say(`${needs}. Installing one into build/runtime, for Drydock alone.`);
    const code = await npm(
      process.execPath,
      ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: folder },
    );
    const version = code === 0 ? await output(node, ['--version']) : null;
    if (!version) {
      throw new SetupError(
        `${needs}, and none could be installed here. Check the connection to the npm registry, or install Node from https://nodejs.org, and start again.`,
      );
    }
    return runtime(node);
  });
}
