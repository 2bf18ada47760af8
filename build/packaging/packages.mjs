// Which packages are packed for a target, and which of their files.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from '../lib/project.mjs';
import { platformOf } from './target.mjs';

/** @typedef {import('./target.mjs').Target} Target */
/**
 * @typedef {object} Entry of a lockfile
 * @property {string} [version]
 * @property {string} [integrity] absent where the registry that made the lockfile hid the package
 * @property {boolean} [dev]
 * @property {boolean} [devOptional]
 * @property {string | string[]} [os]
 * @property {string | string[]} [cpu]
 */

/** @typedef {{ name: string; path: string }} Package `path` as in the lockfile: `node_modules/…` */

/** Native, or started as programs of their own; what imports them lies in the archive too. */
const inArchive = /^(better-sqlite3|@lydell\/node-pty(-.*)?)$/;

const toolchain = /^@foundry-rs\/(forge|cast|anvil)-/;

/** Needed only to build the natives, which come built; and scripts that start a tool, which is started itself. */
const neverPacked = /^(node-addon-api|@foundry-rs\/(forge|cast|anvil))$/;

const list = (/** @type {string | string[] | undefined} */ value) => [value ?? []].flat();

/**
 * The production packages of the lockfile that belong on a target.
 * @param {Target} target
 * @param {{ toolchain: boolean }} options
 * @returns {Package[]}
 */
export function packagesFor(target, options) {
  const lock = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8'));
  const entries = /** @type {[string, Entry][]} */ (Object.entries(lock.packages));
  return entries
    .filter(([path, entry]) => path && !entry.dev && !entry.devOptional && isFor(target, entry))
    .map(([path]) => ({ path, name: path.slice(path.lastIndexOf('node_modules/') + 13) }))
    .filter(({ name }) => !neverPacked.test(name) && (options.toolchain || !toolchain.test(name)));
}

/**
 * The packages of the toolchain for a target, whether they are packed or not.
 * @param {Target} target
 */
export function toolchainOf(target) {
  const { packages } = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8'));
  return packagesFor(target, { toolchain: true })
    .filter(({ name }) => toolchain.test(name))
    .map(({ name, path }) => {
      const { version, integrity } = /** @type {Entry & { version: string }} */ (packages[path]);
      return { name, version, integrity };
    });
}

/** @param {Target} target @param {Entry} entry */
function isFor(target, { os, cpu }) {
  const fits = (/** @type {string[]} */ names, /** @type {string} */ name) =>
    names.length === 0 || names.includes(name);
  return fits(list(os), platformOf(target)) && fits(list(cpu), target.arch);
}

/** Whether Electron itself loads a package. Everything else runs on Node, outside of the archive. */
export const isInArchive = (/** @type {Package} */ { name }) => inArchive.test(name);

/** Read by people, compilers and other programs than Drydock. */
const aside =
  /(^|\/)((readme|changelog|history|gruntfile|appveyor)[^/]*|\.[^/]*|[^/]*\.(d\.[cm]?ts|map|md))$|^test\//i;

/** @type {Record<string, RegExp>} */
const sources = {
  // The sources of SQLite, and the binaries of other systems.
  'better-sqlite3': /^(binding\.gyp|deps\/|src\/)/,
};

/**
 * Whether a file of a package is packed.
 * @param {Target} target
 * @param {string} name of the package
 * @param {string} file relative to it, with slashes
 */
export function isPacked(target, name, file) {
  if (aside.test(file) && !/licen[cs]e/i.test(file)) return false;
  if (sources[name]?.test(file)) return false;
  const prebuilt = /^prebuilds\/(?<for>[^/]+)\.node$/.exec(file)?.groups?.for;
  return prebuilt === undefined || prebuilt === `${platformOf(target)}-${target.arch}`;
}

/** The folder of the package that holds the Node of a target, inside build/runtime. */
export function nodePackage(/** @type {Target} */ target) {
  const lock = JSON.parse(readFileSync(inProject('build', 'runtime', 'package-lock.json'), 'utf8'));
  const entries = /** @type {[string, Entry & { bin?: { node: string } }][]} */ (
    Object.entries(lock.packages)
  );
  const found = entries.find(([path, entry]) => path && list(entry.os)[0] && isFor(target, entry));
  if (!found) throw new Error(`No Node is published for ${target.os} on ${target.arch}.`);
  const [path, { bin, version }] = found;
  return { path, program: join(path, bin?.node ?? 'bin/node'), version };
}
