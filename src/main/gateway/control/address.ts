import { lstatSync, mkdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sha256 } from '../../lib/sha256.ts';

/** sun_path of unix(7) holds 108 bytes on Linux, 104 on macOS. */
const MOST_PATH_BYTES = 100;

/** Everything of the gateway in a data folder. */
export const gatewayFolder = (home: string): string => path.join(home, 'gateway');

export const tokenFile = (home: string): string => path.join(gatewayFolder(home), 'token');

/** Has the mark of the process that serves a data folder. */
export const markFile = (home: string): string => path.join(gatewayFolder(home), 'process');

/** The token that opens the control socket; null: no gateway has ever been started here. */
export function readToken(home: string): string | null {
  try {
    const token = readFileSync(tokenFile(home), 'utf8');
    return /^[\w-]{43}$/.test(token) ? token : null;
  } catch {
    return null;
  }
}

/**
 * Where the gateway of a data folder listens for the core. A name outside of the data folder comes
 * from the token, which only this user can read: no other user can take it first.
 */
export function controlAddress(home: string, token: string): string {
  const name = `drydock-${sha256(`gateway ${token}`).slice(0, 24)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const inside = path.join(gatewayFolder(home), 'control.sock');
  if (Buffer.byteLength(inside) <= MOST_PATH_BYTES) return inside;
  return path.join(os.tmpdir(), name, 'control.sock');
}

/**
 * Creates a folder that only this user can enter.
 *
 * @throws when there is something else of that name
 */
export function privateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  const isOwn = process.getuid === undefined || stat.uid === process.getuid();
  if (!stat.isDirectory() || !isOwn) throw new Error(`${folder} is not this user's own folder.`);
}
