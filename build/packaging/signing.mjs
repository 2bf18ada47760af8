// What signs the installers comes from the environment, by the names that electron-builder reads.

/** @typedef {import('./target.mjs').Os} Os */

/** Any of these sets is enough. @type {Record<'mac' | 'win' | 'notarization', string[][]>} */
const variables = {
  mac: [['CSC_LINK'], ['CSC_NAME']],
  win: [['WIN_CSC_LINK'], ['CSC_LINK']],
  notarization: [
    ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
    ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
    ['APPLE_KEYCHAIN_PROFILE'],
  ],
};

/**
 * Whether the app is signed and notarised, and a line for each of both that is skipped.
 * @param {Os} os
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ signs: boolean; notarises: boolean; skipped: string[] }}
 */
export function signing(os, env) {
  if (os === 'linux') return { signs: false, notarises: false, skipped: [] };
  const has = (/** @type {string[][]} */ sets) =>
    sets.some((set) => set.every((name) => env[name]));
  const named = (/** @type {string[][]} */ sets) => sets.map((set) => set.join(', ')).join('; or ');
  const signs = has(variables[os]);
  const notarises = os === 'mac' && signs && has(variables.notarization);
  const skipped = [];
  if (!signs) skipped.push(`Not signed: set ${named(variables[os])}.`);
  if (os === 'mac' && !notarises) {
    const needs = signs ? '' : ' a signature, and';
    skipped.push(`Not notarised: it needs${needs} ${named(variables.notarization)}.`);
  }
  return { signs, notarises, skipped };
}
