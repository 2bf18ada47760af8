import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rcompare, valid } from 'semver';
import type { Workspace } from '../../engines/engine.ts';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { namesIn } from '../../lib/fs-sync.ts';
import { isOfGone, ownMark } from '../../lib/process-mark.ts';
import { projectFiles } from '../../lib/project-files.ts';
import type { JsCompiler } from '../../solidity/compiler/js-compilers.ts';
import type { NativeCompiler } from '../../solidity/compiler/native-compilers.ts';
import { compilerSetKey } from './compiler-set-key.ts';
import type { CompilerPlace } from './compilers.ts';
import { linkTo } from './offline-home.ts';

/**
 * Calls the JavaScript build directly: the package around it, with its dependencies, may be
 * somewhere that containers can't see. Works from 0.5.0 on, like the rest of forge.
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

/** Forge's folder of native compilers in Drydock's containers, whose HOME is in a volume. */
const LIST = 'cd ~/.local/share/svm 2>/dev/null && pwd && ls';

/**
 * Compilers for forge in a container: native ones that it downloaded to its volume earlier, and
 * JavaScript builds in the data folder, which every workspace may read.
 */
export function containerPlace(dataFolder: string) {
  const known = new Map<string, Promise<NativeCompiler[]>>();

  async function list(workspace: Workspace, cwd: string): Promise<NativeCompiler[]> {
    let text = '';
    await workspace.exec(
      { program: 'sh', args: ['-c', LIST], env: {}, cwd },
      {
        onOutput: (stream, piece) => {
          if (stream === 'stdout') text += piece;
        },
      },
    );
    const [svm = '', ...names] = text.split('\n');
    return names
      .filter((name) => valid(name))
      .sort(rcompare)
      .map((version) => ({ version, folder: path.posix.join(svm, version), from: 'installed' }));
  }

  return (folder: string, workspace: Workspace): CompilerPlace => ({
    natives() {
      const asked = known.get(folder) ?? list(workspace, folder);
      known.set(folder, asked);
      asked.catch(() => known.delete(folder));
      return asked;
    },
    async with(compilers) {
      return { XDG_DATA_HOME: await layOut(dataFolder, compilers) };
    },
    forgetNatives: () => void known.delete(folder),
  });
}

/**
 * A folder for forge's XDG_DATA_HOME that contains only these compilers, as links to their paths in
 * the container. Several processes may create it at the same time.
 */
async function layOut(
  dataFolder: string,
  compilers: readonly (JsCompiler | NativeCompiler)[],
): Promise<string> {
  const root = path.join(dataFolder, 'compilers', 'containers');
  const set = path.join(root, compilerSetKey(compilers));
  for (const compiler of compilers) {
    const link = path.join(set, 'svm', compiler.version);
    if (compiler.from === 'installed') await linkTo(compiler.folder, link);
    else {
      const laidOut = path.join(root, 'each', compilerSetKey([compiler]));
      await layOutOne(laidOut, compiler);
      await linkTo(path.relative(path.dirname(link), laidOut), link);
    }
  }
  return set;
}

async function layOutOne(place: string, { version, folder }: JsCompiler): Promise<void> {
  const script = path.join(place, `solc-${version}`);
  if (await stat(script).catch(() => undefined)) return;
  await mkdir(place, { recursive: true });
  await removeLeftParts(place);
  // Runs of one process lay out the same compiler at the same time, too.
  const end = `${randomUUID()}.${await ownMark()}.part`;
  const part = (name: string) => path.join(place, `${name}.${end}`);
  const soljson = projectFiles(folder).real('soljson.js');
  if (soljson === undefined) throw new Error(`soljson.js leads out of ${folder}.`);
  await copyFile(soljson, part('soljson'), constants.COPYFILE_FICLONE);
  await chmod(part('soljson'), 0o644);
  await despiteLocks(() => rename(part('soljson'), path.join(place, 'soljson.js')));
  await writeFile(part('solc'), RUN_SOLC, { mode: 0o755 });
  await chmod(part('solc'), 0o755);
  await despiteLocks(() => rename(part('solc'), script));
}

/** Left by processes that were killed midway. */
async function removeLeftParts(place: string): Promise<void> {
  for (const name of namesIn(place)) {
    const mark = /\.([^.]+)\.part$/.exec(name)?.[1];
    if (mark !== undefined && (await isOfGone(mark))) {
      await rm(path.join(place, name), { force: true });
    }
  }
}
