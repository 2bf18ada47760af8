import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { rcompare, valid } from 'semver';
import { namesIn } from '../../lib/fs-sync.ts';

/**
 * The folder of compilers that forge downloads: `~/.svm` once that exists, otherwise the platform's
 * data folder (https://github.com/alloy-rs/svm-rs).
 */
function compilerFolders(env: NodeJS.ProcessEnv): string[] {
  const home = os.homedir();
  const own = path.join(home, '.svm');
  if (existsSync(own)) return [own];
  if (process.platform === 'darwin') {
    return [path.join(home, 'Library', 'Application Support', 'svm')];
  }
  if (process.platform === 'win32') {
    return [path.join(env.APPDATA || path.join(home, 'AppData', 'Roaming'), 'svm')];
  }
  return [path.join(env.XDG_DATA_HOME || path.join(home, '.local', 'share'), 'svm')];
}

/** A compiler that forge has installed. */
export interface NativeCompiler {
  version: string;
  /** The folder of its program, where forge runs. */
  folder: string;
  from: 'installed';
}

/** The installed compilers that forge finds, newest first. */
export function nativeCompilers(env: NodeJS.ProcessEnv = process.env): NativeCompiler[] {
  const exe = process.platform === 'win32' ? '.exe' : '';
  return compilerFolders(env)
    .flatMap((folder) =>
      namesIn(folder)
        .filter((name) => valid(name) && existsSync(path.join(folder, name, `solc-${name}${exe}`)))
        .map((version): NativeCompiler => {
          return { version, folder: path.join(folder, version), from: 'installed' };
        }),
    )
    .sort((a, b) => rcompare(a.version, b.version));
}
