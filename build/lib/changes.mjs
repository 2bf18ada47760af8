import { readFileSync } from 'node:fs';
import { inProject } from './project.mjs';

/**
 * What the changelog says of a version; empty: nothing.
 * @param {string} version
 * @param {string} [changelog]
 */
export function changes(version, changelog = readFileSync(inProject('CHANGELOG.md'), 'utf8')) {
  const parts = changelog.split(/^## /m);
  const own = parts.find((part) => part.split(/\s/, 1)[0] === version) ?? '';
  return own.slice(own.indexOf('\n') + 1).trim();
}
