import { accessSync, constants, existsSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { rcompare, valid } from 'semver';
import { namesIn } from '../../lib/fs-sync.ts';
import type { CompilerFile } from '../../solidity/compiler/compile.ts';

/** Where Hardhat 2 and 3 keep them. */
const GENERATIONS = ['compilers-v3', 'compilers-v2'];
/** By `process.platform` and `process.arch`; names as https://binaries.soliditylang.org has them. */
const NATIVE: Readonly<Record<string, readonly string[]>> = {
  'linux-x64': ['linux-amd64'],
  'linux-arm64': ['linux-arm64'],
  'darwin-x64': ['macosx-amd64'],
  'darwin-arm64': ['macosx-amd64'],
  'win32-x64': ['windows-amd64'],
};
const WASM = 'wasm';
/** Without nightly builds, which no project compiles with. */
const NAME =
  /^(?:soljson|solc-[a-z]+-[a-z0-9]+)-v(\d+\.\d+\.\d+)(?:\+commit\.[0-9a-f]+)?(?:\.exe|\.js)?$/;
/** Hardhat found that it does not run here. */
const DOES_NOT_WORK = '.does.not.work';

/** Hardhat's cache (https://www.npmjs.com/package/env-paths). */
function cacheFolder(env: NodeJS.ProcessEnv): string {
  const home = os.homedir();
  if (process.platform === 'darwin') {
    return path.join(home, 'Library', 'Caches', 'hardhat-nodejs');
  }
  if (process.platform === 'win32') {
    const local = env.LOCALAPPDATA || path.join(home, 'AppData', 'Local');
    return path.join(local, 'hardhat-nodejs', 'Cache');
  }
  return path.join(env.XDG_CACHE_HOME || path.join(home, '.cache'), 'hardhat-nodejs');
}

/**
 * The compilers that Hardhat has downloaded for this user and that run here: programs before those in
 * WebAssembly, which are slower, and each of them newest first.
 */
export function downloadedCompilers(env: NodeJS.ProcessEnv = process.env): CompilerFile[] {
  const cache = cacheFolder(env);
  const below = (platform: string, from: CompilerFile['from']): CompilerFile[] =>
    GENERATIONS.flatMap((generation) => {
      const folder = path.join(cache, generation, platform);
      return namesIn(folder).flatMap((name) => {
        const version = valid(NAME.exec(name)?.[1]);
        const file = path.join(folder, name);
        return version && mayRun(file, from) ? [{ version, file, from }] : [];
      });
    }).sort((a, b) => rcompare(a.version, b.version));
  const native = NATIVE[`${process.platform}-${process.arch}`] ?? [];
  return [...native.flatMap((one) => below(one, 'program')), ...below(WASM, 'soljson')];
}

/** Not one that was marked, or of which only a part is there. */
function mayRun(file: string, from: CompilerFile['from']): boolean {
  try {
    if (existsSync(`${file}${DOES_NOT_WORK}`)) return false;
    if (from === 'program') accessSync(file, constants.X_OK);
    const about = statSync(file);
    return about.isFile() && about.size > 0;
  } catch {
    return false;
  }
}
