import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { EngineName, Shell, Workspace } from '../../engines/engine.ts';
import type { Engines } from '../../engines/engines.ts';
import type { ProcessRef } from '../../lib/process-ref.ts';
import { AppError } from '../../shared/errors.ts';
import type { Change } from '../app/contract.ts';
import type { OpenInput, Terminal, TerminalEvent } from './contract.ts';
import { Session } from './session.ts';
import type { TerminalsStore } from './store.ts';

interface TerminalProject {
  id: number;
  name: string;
  path: string;
  engine: EngineName | null;
}

export interface TerminalsDependencies {
  store: TerminalsStore;
  logger: Logger;
  changed: (change: Change) => void;
  project: (ref: number | string) => TerminalProject;
  /**
   * Throws NOT_TRUSTED unless code of the project may be run, or is allowed now by `give`. A shell
   * runs some by itself: its prompt asks git, and its image may be the project's own.
   */
  ensureTrusted: (projectId: number, give?: boolean) => Promise<void>;
  workspace: (project: TerminalProject) => Promise<Workspace>;
  endOrphan: Engines['endOrphan'];
  /** This core's own process. */
  owner: ProcessRef;
  isAlive: (ref: ProcessRef) => Promise<boolean>;
}

interface Open {
  about: Omit<Terminal, 'exit'>;
  session: Session;
  shell: Shell;
}

/** Shells in projects' folders. They live as long as this core, and are ended with it. */
export function terminalsService(deps: TerminalsDependencies) {
  const { store, logger } = deps;
  const open = new Map<string, Open>();
  const opening = new Set<Promise<unknown>>();
  const tell = (id: string) => deps.changed({ topic: 'terminals', key: id });

  const present = ({ about, session }: Open): Terminal => ({ ...about, exit: session.exit });

  function find(id: string): Open {
    const found = open.get(id);
    if (found) return found;
    throw new AppError('TERMINAL_NOT_FOUND', 'This terminal was closed. Open another one.', {
      field: 'id',
    });
  }

  function running(id: string): Open {
    const found = find(id);
    if (!found.session.exit) return found;
    throw new AppError('TERMINAL_ENDED', 'The shell in this terminal has ended. Open another one.');
  }

  async function start(project: TerminalProject, columns: number, rows: number): Promise<Terminal> {
    const id = randomUUID();
    const session = new Session();
    // Noted before it is there: a core killed now must leave nothing unknown.
    store.insert(id, deps.owner);
    let workspace: Workspace | undefined;
    const leave = () =>
      workspace?.end().catch((error: unknown) => {
        logger.warn({ project: project.id, err: error }, 'a workspace could not be removed');
      });
    try {
      workspace = await deps.workspace(project);
      const shell = await workspace.openShell({
        cols: columns,
        rows,
        job: id,
        onStart: (ref) => store.setProcess(id, ref),
        onData: session.onData,
        onExit(exit) {
          session.ended(exit);
          store.remove(id);
          tell(id);
          void leave();
        },
      });
      session.attach(shell);
      const others = [...open.values()].filter((o) => o.about.project.id === project.id);
      const number = Math.max(0, ...others.map((o) => o.about.number)) + 1;
      const about = {
        id,
        project: { id: project.id, name: project.name },
        number,
        shell: shell.name,
        openedAt: Date.now(),
      };
      const terminal = { about, session, shell };
      open.set(id, terminal);
      tell(id);
      return present(terminal);
    } catch (error) {
      store.remove(id);
      await leave();
      throw error;
    }
  }

  async function end(terminal: Open): Promise<void> {
    await terminal.shell.kill();
    open.delete(terminal.about.id);
    tell(terminal.about.id);
  }

  async function endAll(which: (terminal: Open) => boolean): Promise<void> {
    await Promise.all([...open.values()].filter(which).map(end));
  }

  return {
    list(ref?: number | string): Terminal[] {
      const project = ref === undefined ? undefined : deps.project(ref).id;
      return [...open.values()]
        .filter((o) => project === undefined || o.about.project.id === project)
        .map(present);
    },

    async open({ project: ref, columns, rows, trust }: OpenInput): Promise<Terminal> {
      const project = deps.project(ref);
      await deps.ensureTrusted(project.id, trust);
      const work = start(project, columns, rows);
      opening.add(work);
      try {
        return await work;
      } finally {
        opening.delete(work);
      }
    },

    watch(
      id: string,
      after: number,
      limit: number,
      signal?: AbortSignal,
    ): AsyncGenerator<TerminalEvent, void> {
      return find(id).session.watch(after, limit, signal);
    },

    write: (id: string, text: string) => running(id).shell.write(text),
    resize: (id: string, columns: number, rows: number) => running(id).shell.resize(columns, rows),

    async close(id: string): Promise<Terminal> {
      const terminal = find(id);
      await end(terminal);
      return present(terminal);
    },

    /** A project is gone, and its terminals go too. */
    projectRemoved(project: number): void {
      endAll((o) => o.about.project.id === project).catch((error: unknown) => {
        logger.error({ project, err: error }, 'a terminal could not be ended');
      });
    },

    /** Ends what terminals of cores that are gone have left running. Returns what was done. */
    async recover(): Promise<string[]> {
      const done: string[] = [];
      for (const { job, owner, process } of store.all()) {
        if (open.has(job) || (await deps.isAlive(owner))) continue;
        try {
          await deps.endOrphan({ ref: process, job });
        } catch (error) {
          // Its daemon doesn't respond: the next pass asks again.
          if (error instanceof AppError && error.code === 'ENGINE_UNAVAILABLE') continue;
          throw error;
        }
        store.remove(job);
        done.push('A terminal that was open when Drydock ended was closed.');
      }
      return done;
    },

    /** Resolves when no process of any terminal is left. */
    async closeAll(): Promise<void> {
      await Promise.allSettled(opening);
      await endAll(() => true);
    },
  };
}

export type TerminalsService = ReturnType<typeof terminalsService>;
