import { realpath } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Desktop, whyNoDesktop } from '../../lib/desktop.ts';
import { statOf } from '../../lib/fs-sync.ts';
import { isWithin, realPathWithin } from '../../lib/path-within.ts';
import { AppError } from '../../shared/errors.ts';
import type { Opened, OpenPlace, OpenProgram, OpenPrograms, OpenProjectInput } from './contract.ts';
import { editorsOn } from './editors.ts';
import { fileManagersOn } from './file-managers.ts';
import { launch } from './launch.ts';
import type { OpenTarget, Program } from './program.ts';
import { terminalsOn } from './terminals.ts';

export interface OpenInDependencies {
  desktop: Desktop;
  /** The data folder. */
  home: string;
  /** Throws PROJECT_NOT_FOUND. `repository`: the root of the one it lies in, if any. */
  project: (ref: number | string) => { path: string; repository: string | null };
  /** The folders of all projects. */
  folders: () => string[];
  /** Which programs the user has chosen; `auto`: none. */
  settings: () => { editor: string; terminal: string };
  open?: typeof launch;
}

const placeNames: Record<OpenPlace, string> = {
  editor: 'editor',
  terminal: 'terminal',
  files: 'file manager',
};

/** Packages of macOS: folders that its programs take for programs. */
const isPackage = (folder: string): boolean =>
  /\.(app|bundle|command|tool|workflow|action)$/i.test(folder);

/** Opens known folders, and files in them, with programs of this machine. */
export class OpenInService {
  readonly #deps: OpenInDependencies;

  constructor(deps: OpenInDependencies) {
    this.#deps = deps;
  }

  programs(): OpenPrograms {
    const problem = whyNoDesktop(this.#deps.desktop);
    const listed = (place: OpenPlace): OpenProgram[] =>
      problem ? [] : this.#found(place).map(({ id, label }) => ({ id, label }));
    return {
      editor: listed('editor'),
      terminal: listed('terminal'),
      files: listed('files'),
      problem,
    };
  }

  /**
   * Rejects with PROJECT_NOT_FOUND, FOLDER_NOT_FOUND, FILE_NOT_FOUND for a file that isn't there or
   * doesn't lie in the project's repository, TOOL_MISSING, UNSUPPORTED.
   */
  async project({ project: ref, in: place, program, ...position }: OpenProjectInput) {
    const { path: given, repository } = this.#deps.project(ref);
    const folder = await realFolder(given);
    const file =
      position.file && (await fileOf(folder, boundaryOf(folder, repository), position.file));
    return this.#open(place, program, {
      folder,
      ...(file ? { file, line: position.line, column: position.column } : {}),
    });
  }

  /** Rejects with FOLDER_NOT_FOUND, TOOL_MISSING, UNSUPPORTED. */
  async dataFolder({ in: place, program }: { in: 'terminal' | 'files'; program?: string }) {
    return this.#open(place, program, { folder: await realFolder(this.#deps.home) });
  }

  async #open(place: OpenPlace, id: string | undefined, target: OpenTarget): Promise<Opened> {
    const { desktop, open = launch } = this.#deps;
    const problem = whyNoDesktop(desktop);
    if (problem) throw new AppError('UNSUPPORTED', `${problem} Nothing can be opened from there.`);
    const program = this.#chosen(place, id);
    // Only an editor is given a file: others would open it as what it says that it is.
    const shown =
      place === 'editor' || !target.file ? target : { folder: path.dirname(target.file) };
    if (desktop.platform === 'darwin' && place === 'terminal' && isPackage(shown.folder)) {
      throw new AppError(
        'UNSUPPORTED',
        `macOS takes ${shown.folder} for a program, so it is not handed to a terminal.`,
      );
    }
    await open(program.label, program.start(shown), os.homedir());
    return { program: program.label, path: shown.file ?? shown.folder };
  }

  #chosen(place: OpenPlace, asked: string | undefined): Program {
    const all = this.#found(place);
    const set = place === 'files' ? 'auto' : this.#deps.settings()[place];
    const id = asked ?? (set === 'auto' ? undefined : set);
    const program = id === undefined ? all[0] : all.find((one) => one.id === id);
    if (program) return program;
    const name = placeNames[place];
    throw new AppError(
      'TOOL_MISSING',
      id === undefined
        ? `No ${name} was found on this machine. ${hints[place]}`
        : `The ${name} "${id}" was not found on this machine. ${
            all.length > 0 ? `Choose one of ${all.map((one) => one.id).join(', ')}.` : hints[place]
          }`,
      { field: 'program' },
    );
  }

  /** Without those that lie in the folder of a project, and could be what its code has put there. */
  #found(place: OpenPlace): Program[] {
    const { desktop, folders } = this.#deps;
    const known = folders();
    const target: OpenTarget = { folder: this.#deps.home };
    return programsOf[place](desktop).filter((one) => {
      const { program } = one.start(target);
      return !known.some((folder) => isWithin(program, folder));
    });
  }
}

const programsOf: Record<OpenPlace, (desktop: Desktop) => Program[]> = {
  editor: editorsOn,
  terminal: terminalsOn,
  files: fileManagersOn,
};

const hints: Record<OpenPlace, string> = {
  editor: 'Install one, or set VISUAL to it where Drydock is started.',
  terminal: 'Use the terminal in Drydock, or install one.',
  files: 'Copy the path instead.',
};

/** Throws FOLDER_NOT_FOUND. */
async function realFolder(folder: string): Promise<string> {
  const real = await realpath(folder).catch(() => undefined);
  if (real && statOf(real)?.isDirectory()) return real;
  throw new AppError(
    'FOLDER_NOT_FOUND',
    `There is no folder ${folder}. Put it back, or remove the project.`,
    { field: 'project' },
  );
}

/** What a project may name files of: its repository, as its runs see it; never the user's home. */
function boundaryOf(folder: string, repository: string | null): string {
  if (!repository || isWithin(os.homedir(), repository)) return folder;
  return isWithin(folder, repository) ? repository : folder;
}

/** The real path of a regular file. Throws FILE_NOT_FOUND. */
async function fileOf(folder: string, boundary: string, file: string): Promise<string> {
  // Compilers may name what lies in the folder as `project/…`.
  for (const name of [file, file.replace(/^project\//, '')]) {
    const real = await realPathWithin(boundary, path.resolve(folder, name)).catch(() => undefined);
    if (real && statOf(real)?.isFile()) return real;
  }
  throw new AppError(
    'FILE_NOT_FOUND',
    `The project has no file ${file.slice(0, 300)}. It may have been moved since, or come from another place.`,
    { field: 'file' },
  );
}
