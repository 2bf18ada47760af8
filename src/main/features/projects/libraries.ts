import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine, WorkspaceProject } from '../../engines/engine.ts';
import type { LibraryPlace, LibraryStep } from '../../kinds/libraries.ts';
import { GitError, git, gitVariables } from '../../lib/git/git.ts';
import { writeOptions } from '../../lib/git/write-options.ts';
import { Lines } from '../../lib/lines.ts';
import { makeFolderBelow } from '../../lib/make-folder-below.ts';
import { linesOf } from '../../lib/output-lines.ts';
import { type Started, startScript } from '../../lib/processes/windows-script.ts';
import { withoutCredentials } from '../../lib/secrets/secret-url.ts';
import { shellLine } from '../../lib/shell-line.ts';
import { AppError } from '../../shared/errors.ts';
import type { OutputLine } from '../../shared/procedure.ts';
import type { MissingLibraries } from './contract.ts';

/** Lets a clone over a slow connection take long, and ends one that has stalled. */
const LONGEST_MS = 60 * 60_000;
const MAX_OUTPUT = 64 << 20;

/** ssh must not prompt, because no user can respond; proxies that a repository names aren't run. */
const GIT_ENV = { GIT_SSH_COMMAND: 'ssh -oBatchMode=yes', GIT_PROXY_COMMAND: '' };

/**
 * For Node's package managers, and those that they start for nested packages: overrides the
 * `.npmrc` of a folder.
 */
const NPM_ENV = { npm_config_git: 'git', npm_config_ignore_scripts: 'true' };

interface LibraryProject extends LibraryPlace, WorkspaceProject {
  name: string;
}

export interface LibrariesDependencies {
  /** Runs programs of this machine. */
  host: () => Promise<Pick<Engine, 'workspace' | 'endOrphan'>>;
  /** Holds the log of each project's last installation. */
  folder: string;
  /** Transports that git may use. */
  protocols?: readonly string[];
}

/** Installs missing libraries of projects, on this machine: outside of any container. */
export class Libraries {
  readonly #deps: LibrariesDependencies;
  readonly #running = new Map<number, { stop: AbortController; work: Promise<void> }>();

  constructor(deps: LibrariesDependencies) {
    this.#deps = deps;
  }

  /** What is missing, and what would install it. */
  present(steps: LibraryStep[], { id }: LibraryProject): MissingLibraries {
    return {
      steps: steps.map(({ tool, program, args, folder, missing, why }) => ({
        ...{ tool, folder, missing, why },
        command: shellLine({}, [program, ...args]),
      })),
      log: this.#logOf(id),
    };
  }

  /**
   * Runs the steps one after the other, and yields their output as it arrives. Ends them, and waits
   * for their end, when the signal is aborted or the caller stops reading. One at a time for each
   * project. Rejects with PROJECT_BUSY, INSTALL_FAILED or TOOL_MISSING.
   */
  async *install(
    project: LibraryProject,
    steps: readonly LibraryStep[],
    signal?: AbortSignal,
  ): AsyncGenerator<OutputLine[], void> {
    if (this.isRunning(project.id)) {
      throw new AppError(
        'PROJECT_BUSY',
        `Libraries of ${project.name} are being installed already. Wait for their end.`,
      );
    }
    const stop = new AbortController();
    const either = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
    let work: Promise<void> = Promise.resolve();
    try {
      yield* linesOf((tell) => {
        work = this.#runAndKeep(project, steps, tell, either);
        this.#running.set(project.id, { stop, work });
        return work;
      });
    } finally {
      stop.abort();
      await work.catch(() => undefined);
    }
  }

  /** Ends what runs for a project. */
  stop(project: number): void {
    this.#running.get(project)?.stop.abort();
  }

  isRunning = (project: number): boolean => this.#running.has(project);

  /** Ends everything that runs. Resolves when all of it has ended. */
  async close(): Promise<void> {
    for (const { stop } of this.#running.values()) stop.abort();
    await Promise.all([...this.#running.values()].map(({ work }) => work.catch(() => undefined)));
  }

  /** Ends by itself, because no caller may be reading once the signal is aborted. */
  async #runAndKeep(
    project: LibraryProject,
    steps: readonly LibraryStep[],
    tell: (text: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const log: string[] = [];
    const note = (text: string) => {
      const shown = withoutCredentials(text);
      log.push(shown);
      tell(shown);
    };
    try {
      await this.#runAll(project, steps, note, signal);
    } finally {
      await this.#keep(project.id, log).finally(() => this.#running.delete(project.id));
    }
  }

  async #runAll(
    project: LibraryProject,
    steps: readonly LibraryStep[],
    note: (text: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const job = `install-${project.id}`;
    // Left by a core that was killed midway.
    await (await this.#deps.host()).endOrphan({ ref: null, job });
    for (const step of steps) {
      note(step.why);
      note(`$ ${shellLine({}, [step.program, ...step.args])}`);
      const code =
        step.program === 'git'
          ? await this.#runGit(step, note, signal)
          : await this.#runProgram(step, project, job, note, signal);
      if (code === 0) continue;
      const why = signal.aborted ? 'was cancelled' : `ended with code ${code}`;
      note(`${step.program} ${why}.`);
      throw new AppError(
        'INSTALL_FAILED',
        `${step.program} ${step.args[0]} ${why}. Its log says why; it is kept in ${this.#logOf(project.id)}.`,
      );
    }
    note('Everything is installed. Deploy again.');
  }

  async #runGit(step: LibraryStep, note: (text: string) => void, signal: AbortSignal) {
    const out = lineWriter(note);
    try {
      const there = await writeOptions(step.folder, signal);
      await git(step.args, {
        ...there,
        env: { ...GIT_ENV, ...there.env },
        protocols: this.#protocols,
        ownConfig: true,
        timeoutMs: LONGEST_MS,
        maxOutput: MAX_OUTPUT,
        signal,
        onOutput: (_, text) => out.push(text),
      });
      return 0;
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      if (error.code === null && !signal.aborted) note(error.message);
      return error.code;
    } finally {
      out.end();
    }
  }

  async #runProgram(
    step: LibraryStep,
    project: LibraryProject,
    job: string,
    note: (text: string) => void,
    signal: AbortSignal,
  ) {
    const out = lineWriter(note);
    const { program, args, env } = startable(step);
    const host = await this.#deps.host();
    const exit = await host.workspace({ ...project, path: step.folder }).exec(
      {
        program,
        args,
        // git clones of the package managers get the same restrictions.
        env: gitVariables({
          env: { ...GIT_ENV, ...NPM_ENV, ...env },
          protocols: this.#protocols,
          ownConfig: true,
        }),
        cwd: step.folder,
        timeoutMs: LONGEST_MS,
      },
      { signal, job, onOutput: (_, text) => out.push(text) },
    );
    out.end();
    return exit.ended ? null : exit.code;
  }

  get #protocols(): readonly string[] {
    return this.#deps.protocols ?? ['https', 'ssh', 'git'];
  }

  #logOf(project: number): string {
    return path.join(this.#deps.folder, `${project}.log`);
  }

  async #keep(project: number, lines: readonly string[]): Promise<void> {
    await makeFolderBelow(path.dirname(this.#deps.folder), this.#deps.folder);
    await writeFile(this.#logOf(project), `${lines.join('\n')}\n`, { mode: 0o600 });
  }
}

/** The requested steps. Throws NOTHING_TO_INSTALL. */
export function chosenSteps(
  name: string,
  steps: readonly LibraryStep[],
  tool: string | undefined,
): LibraryStep[] {
  const chosen = steps.filter((step) => tool === undefined || step.tool === tool);
  if (chosen.length > 0) return chosen;
  const others = [...new Set(steps.map((step) => step.tool))].join(', ');
  throw new AppError(
    'NOTHING_TO_INSTALL',
    others === ''
      ? `Nothing that ${name} lists is missing.`
      : `There is nothing that ${tool} would bring to ${name}. What is missing comes with ${others}.`,
  );
}

function startable({ program, args, isScript = false }: LibraryStep): Started {
  return isScript ? startScript(program, args) : { program, args, env: {} };
}

/** Progress that overwrites itself is reported in its last state. */
function lineWriter(note: (text: string) => void) {
  const lines = new Lines();
  const tell = (found: string[]) => {
    for (const line of found) note(line.slice(line.lastIndexOf('\r') + 1));
  };
  return {
    push: (text: string) => tell(lines.push(text)),
    end: () => tell(lines.end()),
  };
}
