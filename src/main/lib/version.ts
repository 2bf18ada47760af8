import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appRoot } from './app-root.ts';

/** Drydock's own version, as in package.json. */
export function version(): string {
  return JSON.parse(readFileSync(join(appRoot(), 'package.json'), 'utf8')).version;
}
