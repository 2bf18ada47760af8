import { randomBytes } from 'node:crypto';
import { chmodSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  controlAddress,
  gatewayFolder,
  privateFolder,
  readToken,
  tokenFile,
} from './control/address.ts';

/** So long after it was put in place, another gateway that started together with it is there, too. */
const SETTLE_MS = 100;

/** The token of this data folder's gateways, which is made once. */
export function ownToken(home: string): string {
  privateFolder(gatewayFolder(home));
  const known = readToken(home);
  if (known !== null) return known;
  const file = tokenFile(home);
  try {
    const token = randomBytes(32).toString('base64url');
    writeFileSync(file, token, { mode: 0o600, flag: 'wx' });
    return token;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Another one has made it meanwhile; or it is no token, and is made anew at the next start.
    const theirs = readToken(home);
    if (theirs === null) rmSync(file, { force: true });
    return theirs ?? ownToken(home);
  }
}

let taken = 0;

/** The control socket as this process holds it. */
export interface Control {
  /** Whether it is still in its place; where the system has no files of it, it is. */
  isInPlace(): boolean;
}

/**
 * Takes the control socket. Resolves with null when another gateway serves this data folder, also
 * one that started at the same time: of two exactly one stays.
 */
export async function takeControl(
  server: Server,
  home: string,
  token: string,
): Promise<Control | null> {
  const address = controlAddress(home, token);
  if (process.platform === 'win32') {
    return (await listen(server, address)) ? { isInPlace: () => true } : null;
  }
  if (await isServed(address)) return null;
  const folder = path.dirname(address);
  privateFolder(folder);
  // Listens under a name of its own first, so that a socket in place always accepts connections.
  const own = path.join(folder, `c${process.pid}-${++taken}`);
  rmSync(own, { force: true });
  if (!(await listen(server, own))) return null;
  chmodSync(own, 0o600);
  const { ino } = statSync(own);
  renameSync(own, address);
  await sleep(SETTLE_MS);
  const there = () => statSync(address, { throwIfNoEntry: false })?.ino;
  const isTaken = ![undefined, ino].includes(there());
  // One that is gone by now was removed, and is put back.
  return isTaken ? null : { isInPlace: () => there() === ino };
}

function isServed(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    const said = (is: boolean) => () => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', said(true)).once('error', said(false));
  });
}

function listen(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error);
    server.once('error', failed).listen(address, () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}
