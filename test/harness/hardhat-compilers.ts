import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { appRoot } from '#main/lib/app-root.ts';

const solc = path.join(appRoot(), 'node_modules/solc');

/** Hardhat's folder of compilers below a home folder (https://www.npmjs.com/package/env-paths). */
const CACHES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Library/Caches/hardhat-nodejs',
  win32: 'AppData/Local/hardhat-nodejs/Cache',
};

/** The platforms for which Hardhat looks for a compiler before it uses the WebAssembly one. */
const NATIVE: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['linux-amd64', 'linux-arm64'],
  darwin: ['macosx-amd64'],
  win32: ['windows-amd64'],
};

/**
 * Puts the compiler of the `solc` package where Hardhat 2 and 3 keep their downloads, so that they
 * compile without a network. The native one is marked as not working here.
 */
export async function putHardhatCompilers(home: string): Promise<void> {
  const from = path.join(solc, 'soljson.js');
  const build = await readBuild(await readFile(from));
  const cache = path.join(home, CACHES[process.platform] ?? '.cache/hardhat-nodejs');
  for (const generation of ['compilers-v2', 'compilers-v3']) {
    const list = async (platform: string) => {
      const folder = path.join(cache, generation, platform);
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, 'list.json'), JSON.stringify({ builds: [build] }));
      return path.join(folder, build.path);
    };
    await copyFile(from, await list('wasm'));
    for (const platform of NATIVE[process.platform] ?? []) {
      const file = await list(platform);
      await writeFile(file, '');
      await writeFile(`${file}.does.not.work`, '');
    }
  }
}

/** As https://binaries.soliditylang.org/wasm/list.json lists it. */
async function readBuild(content: Buffer) {
  const manifest = await readFile(path.join(solc, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return {
    path: `soljson-v${version}.js`,
    version,
    longVersion: version,
    sha256: `0x${createHash('sha256').update(content).digest('hex')}`,
  };
}
