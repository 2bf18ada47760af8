import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, rename, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { textOf } from '../../kit/look.ts';
import type { JsCompiler } from './js-compilers.ts';

/**
 * Answers on the command line as native solc does, as far as forge asks: the version, and standard
 * JSON from stdin. Sources come inside of the JSON, so paths in other flags don't matter.
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
 * Makes folders to run forge in as HOME, in which one compiler is the only one: forge takes the
 * newest that it finds, and looks nowhere else. Everything but the compilers leads to the real
 * home. May be called at the same time by several processes, and costs little when all is there.
 */
export function offlineHomes(dataFolder: string): (compiler: JsCompiler) => Promise<string> {
  const root = path.join(dataFolder, 'compilers');
  const script = path.join(root, 'run-solc.cjs');
  const mirrored = new Set<string>();
  return async ({ version, folder }) => {
    const home = path.join(root, version);
    const place = path.join(home, '.svm', version);
    await Promise.all([
      putFile(script, RUN_SOLC, 0o644),
      putFile(path.join(place, `solc-${version}`), launcher(script, folder), 0o755),
      mirrored.has(home) ? undefined : mirror(os.homedir(), home),
    ]);
    mirrored.add(home);
    return home;
  };
}

function launcher(script: string, solc: string): string {
  const node = process.versions.electron ? 'ELECTRON_RUN_AS_NODE=1 ' : '';
  const words = [process.execPath, script, solc].map(quoted).join(' ');
  return `#!/bin/sh\nexec env ${node}${words} "$@"\n`;
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** Whoever runs the file meanwhile has the old or the new one, never a part. */
async function putFile(file: string, text: string, mode: number): Promise<void> {
  if (textOf(file) === text) return;
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}`;
  await writeFile(temporary, text, { mode });
  await chmod(temporary, mode);
  await rename(temporary, file);
}

/** Links, not copies: keystores, caches and settings are read and written where they really are. */
async function mirror(real: string, home: string): Promise<void> {
  await mkdir(home, { recursive: true });
  const names = new Set(await readdir(real).catch(() => []));
  for (const own of ['.foundry', '.cache']) {
    // Forge would make them in our folder, where nobody looks.
    const made = await mkdir(path.join(real, own), { recursive: true }).then(
      () => true,
      () => false,
    );
    if (made) names.add(own);
  }
  names.delete('.svm');
  await Promise.all(
    [...names].map(async (name) => {
      const link = path.join(home, name);
      if (await lstat(link).catch(() => undefined)) return;
      await symlink(path.join(real, name), link).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
    }),
  );
}
