import { existsSync, lstatSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} path @returns {number} bytes of a file, or of all files below a folder */
function bytes(path) {
  const stat = lstatSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + bytes(join(path, name)), 0);
}

/** Where the resources of an app's folder lie. @param {string} folder */
function resourcesIn(folder) {
  const app = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.app')) : null;
  return app ? join(folder, app, 'Contents', 'Resources') : join(folder, 'resources');
}

/**
 * Records in `sizes.json` how large what was made is, in bytes: each installer, and in each app's
 * folder the parts that count.
 * @param {string} output
 * @returns {Record<string, number>}
 */
export function recordSizes(output) {
  /** @type {Record<string, number>} */
  const sizes = {};
  for (const entry of readdirSync(output, { withFileTypes: true })) {
    if (/\.(AppImage|deb|dmg|exe|rpm|zip)$/.test(entry.name)) {
      sizes[entry.name] = bytes(join(output, entry.name));
    }
    if (!entry.isDirectory() || !/^(linux|mac|win)(-|$)/.test(entry.name)) continue;
    const resources = resourcesIn(join(output, entry.name));
    for (const part of ['app.asar', 'core', 'core/node_modules/@foundry-rs', 'node']) {
      const path = join(resources, part);
      if (existsSync(path)) sizes[`${entry.name}: ${part}`] = bytes(path);
    }
  }
  writeFileSync(join(output, 'sizes.json'), `${JSON.stringify(sizes, null, 2)}\n`);
  return sizes;
}
