import { access, constants, readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { rcompare, valid } from 'semver';

/**
 * Where forge keeps the compilers that it downloads: `~/.svm` once that exists, otherwise the
 * platform's data folder (https://github.com/alloy-rs/svm-rs).
 */
async function compilerFolders(env: NodeJS.ProcessEnv): Promise<string[]> {
  const home = os.homedir();
  const own = path.join(home, '.svm');
  if (await exists(own)) return [own];
  if (process.platform === 'darwin') {
    return [path.join(home, 'Library', 'Application Support', 'svm')];
  }
  if (process.platform === 'win32') {
    return [path.join(env.APPDATA || path.join(home, 'AppData', 'Roaming'), 'svm')];
  }
  return [path.join(env.XDG_DATA_HOME || path.join(home, '.local', 'share'), 'svm')];
}

/** Versions that forge finds installed, newest first. */
export async function nativeCompilers(env: NodeJS.ProcessEnv = process.env): Promise<string[]> {
  const exe = process.platform === 'win32' ? '.exe' : '';
  const found: string[] = [];
  for (const folder of await compilerFolders(env)) {
    const names = await readdir(folder).catch(() => []);
    await Promise.all(
      names
        .filter((name) => valid(name))
        .map(async (version) => {
          if (await exists(path.join(folder, version, `solc-${version}${exe}`))) {
            found.push(version);
          }
        }),
    );
  }
  return found.sort(rcompare);
}

const exists = (file: string): Promise<boolean> =>
  access(file, constants.F_OK).then(
    () => true,
    () => false,
  );
