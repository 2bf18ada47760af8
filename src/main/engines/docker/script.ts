import { readFileSync } from 'node:fs';
import { resource } from '../../lib/app-root.ts';

const read = new Map<string, string>();

/** The text of a shell script that runs in containers. Read once. */
export function script(name: string): string {
  const known = read.get(name);
  if (known !== undefined) return known;
  // A checkout may have given it Windows line ends, which a shell doesn't accept.
  const text = readFileSync(resource('docker', `${name}.sh`), 'utf8').replaceAll('\r\n', '\n');
  read.set(name, text);
  return text;
}
