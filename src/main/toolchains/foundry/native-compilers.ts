import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { rcompare, valid } from 'semver';
import { namesIn } from '../../kit/look.ts';

/**
 * Where forge keeps the compilers that it downloads: `~/.svm` once that exists, otherwise the
 * platform's data folder (https://github.com/alloy-rs/svm-rs).
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

/** Versions that forge finds installed, newest first. */
export function nativeCompilers(env: NodeJS.ProcessEnv = process.env): string[] {
  const exe = process.platform === 'win32' ? '.exe' : '';
  return compilerFolders(env)
    .flatMap((folder) =>
      namesIn(folder).filter(
        (name) => valid(name) && existsSync(path.join(folder, name, `solc-${name}${exe}`)),
      ),
    )
    .sort(rcompare);
}
