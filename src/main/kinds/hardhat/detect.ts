import path from 'node:path';
import semver from 'semver';
import { foldersUp } from '../../lib/folders-up.ts';
import { type ProjectFiles, projectFiles } from '../../lib/project-files.ts';
import type { Candidate } from '../../shared/kind.ts';
import { configIn } from './config-file.ts';
import { type HardhatVersion, hardhatVersion } from './hardhat-version.ts';
import { manifestIn, manifestProblem } from './manifest.ts';
import { neededNode, wantedNode } from './node-version.ts';
import { packageInstall } from './package-manager.ts';
import { PLUG_AND_PLAY, plugAndPlayOf } from './plug-and-play.ts';

/** See `Kind.detect`: a hardhat.config of any extension tells it. */
export async function detectHardhat(folder: string): Promise<Candidate | null> {
  const files = projectFiles(folder);
  const config = configIn(files, folder);
  if (config === undefined) return null;
  const hardhat = hardhatVersion(files);
  return {
    kind: 'hardhat',
    label: 'Hardhat',
    path: folder,
    evidence: [config, ...versionOf(files, hardhat)],
    problems: problemsOf(files, hardhat),
  };
}

function versionOf(files: ProjectFiles, { installed, range }: HardhatVersion): string[] {
  if (installed !== null) {
    const at = path.relative(files.folder, installed.folder).split(path.sep).join('/');
    return [`Hardhat ${installed.version} is installed in ${at}.`];
  }
  const packed = plugAndPlayOf(files);
  if (packed) return packed.version === null ? [] : [`yarn.lock has Hardhat ${packed.version}.`];
  if (range === null) return [];
  const { manager, args, folder } = packageInstall(files);
  const where = folder === files.folder ? '' : ` in ${folder}`;
  return [
    `package.json asks for Hardhat ${range}. A deploy installs it first, with \`${manager} ${args[0]}\`${where}.`,
  ];
}

function problemsOf(files: ProjectFiles, hardhat: HardhatVersion): string[] {
  const packed = plugAndPlayOf(files) && PLUG_AND_PLAY;
  return [
    packed,
    manifestProblem(files, foldersUp(files)) ?? notListed(files, hardhat),
    noModule(files, hardhat),
    otherNode(files, hardhat),
  ].filter((one) => one !== undefined);
}

function notListed(files: ProjectFiles, { installed, range }: HardhatVersion): string | undefined {
  if (installed !== null || range !== null) return undefined;
  const { manager } = packageInstall(files);
  const add = manager === 'npm' ? 'npm install --save-dev' : `${manager} add --dev`;
  return `Hardhat is not installed, and no package.json lists it. Add it with \`${add} hardhat\`.`;
}

/** Hardhat 3 starts in no other; it asks the nearest package.json, as Node does. */
function noModule(files: ProjectFiles, { major }: HardhatVersion): string | undefined {
  if (major === undefined || major < 3) return undefined;
  for (const folder of foldersUp(files)) {
    const manifest = manifestIn(files, folder);
    if (!manifest) continue;
    return manifest.isModule
      ? undefined
      : `Hardhat ${major} needs "type": "module" in package.json. Add it there.`;
  }
  return undefined;
}

function otherNode(files: ProjectFiles, { major }: HardhatVersion): string | undefined {
  const wanted = wantedNode(files);
  const needed = neededNode(major);
  if (!wanted || !needed || semver.intersects(wanted.range, needed)) return undefined;
  const oldest = semver.minVersion(needed)?.version;
  return `Hardhat ${major} needs Node ${oldest} or newer, and ${wanted.file} asks for another one (${wanted.range}). Change it there.`;
}
