import path from 'node:path';
import type { Command, Workspace } from '../../engines/engine.ts';
import { foldersUp } from '../../lib/folders-up.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import { sha256 } from '../../lib/sha256.ts';
import { type HardhatVersion, hardhatVersion } from './hardhat-version.ts';
import { heard } from './heard.ts';
import { isInstalled } from './is-installed.ts';
import { type ManifestFiles, manifestIn } from './manifest.ts';
import { lockFilesOf, type PackageInstall } from './package-manager.ts';

/** The packages of a project, as its commands find them. */
export interface Packages {
  /** The project's files, with those of its packages that tell of the tool. */
  files: ManifestFiles;
  hardhat: HardhatVersion;
  /** Whether all of them are there, as the lock file has it. */
  areThere: boolean;
  /** The command that installs them, so that the next look knows of it. */
  noted(command: Command): Command;
}

/** In the folder of the project. */
export const packagesInFolder = (
  files: ProjectFiles,
  { folder, manager }: PackageInstall,
): Packages => ({
  files,
  hardhat: hardhatVersion(files),
  areThere: isInstalled(files, folder, manager),
  noted: (command) => command,
});

interface PlaceOfPackages {
  workspace: Workspace;
  files: ProjectFiles;
  install: PackageInstall;
  signal: AbortSignal;
}

const MOST_BYTES = 50_000_000;
/** In `node_modules`: what it was installed from. An install that was cut off leaves none. */
const NOTE = '.drydock-installed';

/** Prints what programs there are made for, and the files; ends each with a zero byte. */
const READ = `uname -m; ls /lib | grep '^ld-musl'; printf '\\0'
for file do head -c 100000 "$file" 2>/dev/null; printf '\\0'; done`;

/** Runs a command, and writes a note of its success to a file. */
const INSTALL = `note=$1 file=$2; shift 2
rm -f "$file"; "$@" || exit
mkdir -p "\${file%/*}" && printf %s "$note" >"$file"`;

/** In volumes that only the containers of the project see. */
export async function packagesInVolume(place: PlaceOfPackages): Promise<Packages> {
  const { workspace, files, install, signal } = place;
  const note = path.join(install.folder, 'node_modules', NOTE);
  const manifests = foldersUp(files).map((folder) =>
    path.join(folder, 'node_modules', 'hardhat', 'package.json'),
  );
  const here = (file: string) => inProject(files.folder, file);
  const args = ['-c', READ, 'drydock', ...[note, ...manifests].map(here)];
  const command = { program: 'sh', args, env: {}, cwd: files.folder };
  const [platform = '', noted, ...texts] = (await heard(workspace, command, signal)).split('\0');
  const wanted = sha256(JSON.stringify([platform, ...statedIn(files, install)]));
  const seen = new Map(manifests.map((file, at) => [file, texts[at] || undefined]));
  const seenFiles: ManifestFiles = {
    ...{ folder: files.folder, boundary: files.boundary },
    textIfAny: (file, most) => (seen.has(file) ? seen.get(file) : files.textIfAny(file, most)),
  };
  return {
    files: seenFiles,
    hardhat: hardhatVersion(seenFiles),
    areThere: noted === wanted,
    noted: ({ program, args, ...command }) => ({
      ...command,
      program: 'sh',
      args: [
        ...['-c', INSTALL, 'drydock', wanted],
        ...[inProject(command.cwd, note), program, ...args],
      ],
    }),
  };
}

/** A file as a command that runs in a folder finds it, on whatever system. */
export const inProject = (folder: string, file: string): string =>
  path.relative(folder, file).replaceAll('\\', '/');

/** What says what is installed. */
function statedIn(files: ProjectFiles, { folder, manager, version, args }: PackageInstall) {
  const locks = lockFilesOf(manager).flatMap(
    (name) => files.textIfAny(path.join(folder, name), MOST_BYTES) ?? [],
  );
  const asked = [folder, files.folder].map((one) => manifestIn(files, one)?.packages);
  return [manager, version, args, ...(locks.length > 0 ? locks : asked)];
}
