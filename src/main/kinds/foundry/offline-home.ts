import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, rename, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { textOf } from '../../lib/fs-sync.ts';
import { outsideArchive, shippedNode } from '../../lib/shipped-node.ts';
import type { JsCompiler } from '../../solidity/compiler/js-compilers.ts';
import type { NativeCompiler } from '../../solidity/compiler/native-compilers.ts';
import { compilerSetKey } from './compiler-set-key.ts';

/**
 * Behaves on the command line like native solc, as far as forge uses it: the version, and standard
 * JSON from stdin. Sources are inside the JSON, so paths in other flags don't matter.
 */
const RUN_SOLC = `'use strict';
const [folder, ...args] = process.argv.slice(2);
const solc = require(folder);
if (args.includes('--version')) {
  const version = solc.version().replace('.Emscripten.clang', '.Linux.g++');
  console.log('solc, the solidity compiler commandline interface\\nVersion: ' + version);
} else {
  const pieces = [];
  process.stdin.on('data', (piece) => pieces.push(piece));
  process.stdin.on('end', () => {
    const compile = solc.compileStandardWrapper || solc.compile;
    process.stdout.write(compile(Buffer.concat(pieces).toString('utf8')));
  });
}
`;

/**
 * Makes folders to use as forge's HOME, which contain only these compilers: forge uses the newest
 * suitable one, and looks nowhere else. Everything but the compilers leads to the real home.
 * Several processes may call this at the same time, and it is cheap when everything exists.
 */
export function offlineHomes(
  dataFolder: string,
): (compilers: readonly (JsCompiler | NativeCompiler)[]) => Promise<string> {
  const root = path.join(dataFolder, 'compilers');
  const script = path.join(root, 'run-solc.cjs');
  const mirrored = new Set<string>();
  return async (compilers) => {
    const home = path.join(root, compilerSetKey(compilers));
    const put = async ({ version, folder, from }: JsCompiler | NativeCompiler) => {
      const place = path.join(home, '.svm', version);
      if (from === 'installed') return linkTo(folder, place);
      return putFile(path.join(place, `solc-${version}`), launcher(script, folder), 0o755);
    };
    await Promise.all([
      putFile(script, RUN_SOLC, 0o644),
      ...compilers.map(put),
      mirrored.has(home) ? undefined : mirror(os.homedir(), home),
    ]);
    mirrored.add(home);
    return home;
  };
}

function launcher(script: string, solc: string): string {
  const words = [shippedNode(), script, outsideArchive(solc)].map(quoted).join(' ');
  return `#!/bin/sh\nexec ${words} "$@"\n`;
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** A process that runs the file meanwhile has the old or the new one, never a part. */
async function putFile(file: string, text: string, mode: number): Promise<void> {
  if (textOf(file) === text) return;
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}`;
  await writeFile(temporary, text, { mode });
  await chmod(temporary, mode);
  await despiteLocks(() => rename(temporary, file));
}

/** Links, not copies: keystores, caches and settings are read and written in their real places. */
async function mirror(real: string, home: string): Promise<void> {
  await mkdir(home, { recursive: true });
  const names = new Set(await readdir(real).catch(() => []));
  for (const own of ['.foundry', '.cache']) {
    // Forge would create them in Drydock's folder, where the user doesn't look.
    const made = await mkdir(path.join(real, own), { recursive: true }).then(
      () => true,
      () => false,
    );
    if (made) names.add(own);
  }
  names.delete('.svm');
  await Promise.all(
    [...names].map(async (name) => {
      await linkTo(path.join(real, name), path.join(home, name));
    }),
  );
}

/** Leaves existing files alone. */
export async function linkTo(target: string, link: string): Promise<void> {
  if (await lstat(link).catch(() => undefined)) return;
  await mkdir(path.dirname(link), { recursive: true });
  await symlink(target, link).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
