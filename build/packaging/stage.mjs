// Lays out what is packed: `app` becomes the archive, `resources` lies beside it.
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { inProject } from '../lib/project.mjs';
import { integrityOf, nodeOf, packagesOf } from './fetch.mjs';
import { licences, licenceText } from './licences.mjs';
import { isInArchive, isPacked, nodePackage, packagesFor, toolchainOf } from './packages.mjs';
import { nameOf } from './target.mjs';

/** @typedef {import('./target.mjs').Target} Target */
/** @typedef {import('./packages.mjs').Package} Package */
/** @typedef {import('../lib/runtime.mjs').Runtime} Runtime */

/**
 * Where a target is laid out.
 * @param {string} output the folder of the installers
 * @param {string} name of the target, or electron-builder's macros for it
 */
export const stageFolder = (output, name) => join(output, '.stage', name);

/**
 * @param {Runtime} runtime
 * @param {Target} target
 * @param {object} options
 * @param {string} options.output
 * @param {boolean} options.toolchain
 * @param {Record<string, string>} options.extra more fields of package.json
 * @param {string | null} options.updateKey what newer versions are signed with, PEM
 */
export async function stage(runtime, target, { output, toolchain, extra, updateKey }) {
  const folder = stageFolder(output, nameOf(target));
  const app = join(folder, 'app');
  const resources = join(folder, 'resources');
  const core = join(resources, 'core');
  rmSync(folder, { recursive: true, force: true });

  const packages = packagesFor(target, { toolchain });
  const from = await packagesOf(runtime, target);
  for (const place of [app, core]) {
    copyOwn(place, extra);
    for (const one of packages) {
      if (place === core || isInArchive(one)) copyPackage(target, from, one, place);
    }
  }
  if (!toolchain) {
    const left = await leftOut(runtime, target);
    for (const place of [app, core]) {
      writeFileSync(join(place, 'resources', 'left-out-tools.json'), JSON.stringify(left, null, 2));
    }
  }
  // In the archive alone, which Electron checks.
  if (updateKey) writeFileSync(join(app, 'resources', 'update-key.pem'), updateKey);
  copyNode(target, await nodeOf(runtime, target), join(resources, 'node'));
  copyLaunchers(target, join(resources, 'bin'));
  writeFileSync(join(resources, 'licences.txt'), licenceText(licences(from, packages)));
}

/**
 * What the app downloads itself, and what that is to be.
 * @param {Runtime} runtime
 * @param {Target} target
 */
const leftOut = (runtime, target) =>
  Promise.all(
    toolchainOf(target).map(async ({ name, version, integrity }) => ({
      ...{ name, version },
      integrity: integrity ?? (await integrityOf(runtime, name, version)),
    })),
  );

/**
 * What Drydock itself is made of. The archive and the folder beside it hold the same: the one is
 * read by Electron alone, which checks it, the other by Node, which can't look into an archive.
 * @param {string} place
 * @param {Record<string, string>} extra
 */
function copyOwn(place, extra) {
  for (const name of ['main', 'preload', 'renderer']) {
    cpSync(inProject('out', name), join(place, 'out', name), {
      recursive: true,
      // Compressed files spare time between machines; here they would only take room.
      filter: (file) => !/\.(br|gz)$/.test(file),
    });
  }
  cpSync(inProject('resources'), join(place, 'resources'), { recursive: true });
  const { name, version, description, license, type, main } = JSON.parse(
    readFileSync(inProject('package.json'), 'utf8'),
  );
  const manifest = { name, version, description, license, type, main, ...extra };
  writeFileSync(join(place, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * @param {Target} target
 * @param {string} from
 * @param {Package} one
 * @param {string} place
 */
function copyPackage(target, from, { name, path }, place) {
  const folder = join(from, path);
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of names.filter((found) => found.isFile())) {
    const file = join(entry.parentPath, entry.name);
    const inside = relative(folder, file).split(sep).join('/');
    // Packages within packages are in the lockfile themselves.
    if (inside.startsWith('node_modules/') || !isPacked(target, name, inside)) continue;
    const copy = join(place, path, inside);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(file, copy);
  }
}

/**
 * As nodejs.org lays it out, without npm, headers and manuals.
 * @param {Target} target
 * @param {string} from
 * @param {string} place
 */
function copyNode(target, from, place) {
  const { path, program } = nodePackage(target);
  const copy = target.os === 'win' ? join(place, 'node.exe') : join(place, 'bin', 'node');
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(join(from, program), copy);
  chmodSync(copy, 0o755);
  copyFileSync(join(from, path, 'LICENSE'), join(place, 'LICENSE'));
}

/** @param {Target} target @param {string} place */
function copyLaunchers({ os }, place) {
  mkdirSync(place, { recursive: true });
  const name = os === 'win' ? 'drydock.cmd' : 'drydock';
  copyFileSync(inProject('build', 'packaging', 'bin', name), join(place, name));
  if (os !== 'win') chmodSync(join(place, name), 0o755);
}
