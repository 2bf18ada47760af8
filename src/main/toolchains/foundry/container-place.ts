import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rcompare, valid } from 'semver';
import type { Workspace } from '../../engines/engine.ts';
import type { CompilerPlace } from './compilers.ts';
import type { JsCompiler } from './js-compilers.ts';

/**
 * Speaks to the JavaScript build itself: the package around it, with its dependencies, may be
 * somewhere that no container sees. Works from 0.5.0 on, like the rest of forge.
 */
const RUN_SOLC = `#!/usr/bin/env node
'use strict';
const soljson = require('./soljson.js');
if (process.argv.includes('--version')) {
  const version = soljson.cwrap('solidity_version', 'string', [])();
  console.log('solc, the solidity compiler commandline interface\\nVersion: ' + version.replace('.Emscripten.clang', '.Linux.g++'));
} else {
  const compile = soljson.cwrap('solidity_compile', 'string', ['string', 'number', 'number']);
  const pieces = [];
  process.stdin.on('data', (piece) => pieces.push(piece));
  process.stdin.on('end', () => process.stdout.write(compile(Buffer.concat(pieces).toString('utf8'), 0, 0)));
}
`;

/** Where forge keeps native compilers in a container of ours, whose HOME lives in a volume. */
const LIST = 'cd ~/.local/share/svm 2>/dev/null && ls';

/**
 * Compilers for forge in a container: native ones that it has downloaded into its volume before,
 * and JavaScript builds that are laid out in the data folder, which every workspace may read.
 */
export function containerPlace(dataFolder: string) {
  const known = new Map<string, Promise<string[]>>();

  async function list(workspace: Workspace, cwd: string): Promise<string[]> {
    let text = '';
    await workspace.exec(
      { program: 'sh', args: ['-c', LIST], env: {}, cwd },
      {
        onOutput: (stream, piece) => {
          if (stream === 'stdout') text += piece;
        },
      },
    );
    return text
      .split('\n')
      .filter((name) => valid(name))
      .sort(rcompare);
  }

  return (folder: string, workspace: Workspace): CompilerPlace => ({
    natives() {
      const asked = known.get(folder) ?? list(workspace, folder);
      known.set(folder, asked);
      asked.catch(() => known.delete(folder));
      return asked;
    },
    withJs: async (js) => ({ XDG_DATA_HOME: await layOut(dataFolder, js) }),
    forgetNatives: () => void known.delete(folder),
  });
}

/** May be done at the same time by several processes. Answers what to give forge as XDG_DATA_HOME. */
async function layOut(dataFolder: string, { version, folder }: JsCompiler): Promise<string> {
  const root = path.join(dataFolder, 'compilers', 'containers', version);
  const place = path.join(root, 'svm', version);
  const script = path.join(place, `solc-${version}`);
  if (await stat(script).catch(() => undefined)) return root;
  await mkdir(place, { recursive: true });
  const part = (name: string) => path.join(place, `${name}.${process.pid}.part`);
  await copyFile(path.join(folder, 'soljson.js'), part('soljson'), constants.COPYFILE_FICLONE);
  await chmod(part('soljson'), 0o644);
  await rename(part('soljson'), path.join(place, 'soljson.js'));
  await writeFile(part('solc'), RUN_SOLC, { mode: 0o755 });
  await chmod(part('solc'), 0o755);
  await rename(part('solc'), script);
  return root;
}
