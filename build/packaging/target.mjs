// What is packed for: an operating system and a processor.

/** @typedef {'linux' | 'mac' | 'win'} Os as electron-builder names them in its configuration */
/** @typedef {typeof archs[number]} Arch */
/** @typedef {{ os: Os; arch: Arch }} Target */

export const archs = /** @type {const} */ (['x64', 'arm64']);

/** @type {Record<Os, NodeJS.Platform>} */
const platforms = { linux: 'linux', mac: 'darwin', win: 'win32' };

/** `process.platform` of a target, which packages are named after. */
export const platformOf = (/** @type {Target} */ { os }) => platforms[os];

/** This machine's system; null where Drydock has no installers. */
export const thisOs = () =>
  /** @type {Os[]} */ (Object.keys(platforms)).find((os) => platforms[os] === process.platform) ??
  null;

/** Whether programs of the target run on this machine. */
export const isThisMachine = (/** @type {Target} */ target) =>
  platformOf(target) === process.platform && target.arch === process.arch;

/** Names files and folders of one target, and is what electron-builder's macros make of it. */
export const nameOf = (/** @type {Target} */ { os, arch }) => `${os}-${arch}`;
