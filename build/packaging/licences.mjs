// Collects the licences of everything that is packed and was written by others.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from '../lib/project.mjs';

/** @typedef {{ name: string; version: string; licence: string; text: string | null }} Licence */

/** Written by the build: the packages of which a bundle contains something. */
const bundles = ['main', 'preload', 'renderer'];

const nameOfText = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** What a package carries under another licence than its own. */
const notes = [
  `solc contains soljson.js, the Solidity compiler: GPL-3.0. Its source is at
https://github.com/ethereum/solidity, under the tag of the package's version.`,
  `The Node that comes with the app, and Electron with Chromium, have licence files of their own:
resources/node/LICENSE, LICENSE.electron.txt and LICENSES.chromium.html of the installed app.`,
];

/**
 * Every package of the bundles, and those given.
 * @param {string} from the folder that holds their node_modules
 * @param {import('./packages.mjs').Package[]} packages packed as they are
 * @returns {Licence[]} by name
 */
export function licences(from, packages) {
  const bundled = bundles.flatMap((name) =>
    /** @type {string[]} */ (
      JSON.parse(readFileSync(inProject('out', `packages-${name}.json`), 'utf8'))
    ).map((path) => inProject(path)),
  );
  const folders = new Set([...bundled, ...packages.map(({ path }) => join(from, path))]);
  const found = new Map(
    [...folders].map(licenceIn).map((one) => [`${one.name} ${one.version}`, one]),
  );
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @param {string} folder @returns {Licence} */
function licenceIn(folder) {
  const { name, version, license, licenses } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const given = [license ?? licenses].flat().map((one) => one?.type ?? one);
  const texts = readdirSync(folder)
    .filter((file) => nameOfText.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return {
    name,
    version,
    licence: given.join(' or ') || 'see below',
    text: texts.join('\n\n') || null,
  };
}

/**
 * One text of them, in which a licence that several packages share word by word stands once.
 * @param {Licence[]} all
 */
export function licenceText(all) {
  /** @type {Map<string, Licence[]>} */
  const byText = new Map();
  for (const one of all) {
    const text = one.text ?? `The package holds no text of its licence, ${one.licence}.`;
    byText.set(text, [...(byText.get(text) ?? []), one]);
  }
  const parts = [...byText].map(
    ([text, ones]) =>
      `${ones.map(({ name, version, licence }) => `${name} ${version} (${licence})`).join('\n')}\n\n${text}`,
  );
  return [
    'Drydock contains the following, under the licences of their authors.',
    ...notes,
    ...parts,
  ].join(`\n\n${'-'.repeat(80)}\n\n`);
}
