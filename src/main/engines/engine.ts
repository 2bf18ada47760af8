import type { ProcessRef } from '../lib/process-ref.ts';
import type { ProcessEnd } from '../lib/processes/process-end.ts';
import type { ServiceSpec, ServiceUse } from './services.ts';
import type { InstalledTool, ToolPin } from './tools.ts';

export interface Tool {
  /** Absolute path; in an image, the path there. */
  path: string;
  version: string;
  /** Where it was found. */
  source: InstalledTool['source'] | 'image';
}

export interface Command {
  /** The name of a tool that the engine knows, or any other program. */
  program: string;
  args: string[];
  /** Added to the engine's own environment; secrets travel here, never in `args`. */
  env: Record<string, string>;
  cwd: string;
  timeoutMs?: number;
}

export type OutputStream = 'stdout' | 'stderr';

export interface Exit {
  code: number | null;
  signal: string | null;
  /**
   * Why the engine ended it, if it did; `lost`: the engine became unavailable, and the process with
   * it.
   */
  ended?: 'cancelled' | 'timeout' | 'lost';
}

export type EngineName = 'process' | 'docker';

/** One start of a container. */
export interface ContainerRef {
  container: string;
  /** As reported by the daemon; differs between two starts of the same container. */
  startedAt: string;
}

/** A project whose commands run. */
export interface WorkspaceProject {
  id: number;
  /** Absolute. */
  path: string;
  /** The versions of toolchains that it asks for. */
  pins?: readonly ToolPin[];
}

/** What will run: commands of a project, or a service by its program. */
export type Needs = WorkspaceProject | { tool: string };

/** Identifies what was started: enough to find it again and to know that it is the same. */
export type RunRef = ProcessRef | ContainerRef;

/** Equal for the same run only. */
export const runKey = (ref: RunRef): string =>
  `${'container' in ref ? ref.container : ref.pid} ${ref.startedAt}`;

/** For callers that wait for something that may have to be built first. */
export interface Preparation {
  /** Gets the lines that describe the progress. */
  note?: (line: string) => void;
  /** Ends the waiting. Work that others wait for continues. */
  signal?: AbortSignal;
}

export interface ExecOptions {
  /** Decoded text as it arrives, never split inside a character. */
  onOutput(stream: OutputStream, text: string): void;
  onStart?(ref: RunRef): void;
  signal?: AbortSignal;
  /** Marks all processes of the command, for `endOrphan`; unique within a data folder. */
  job?: string;
}

export interface ShellOptions {
  cols: number;
  rows: number;
  /** Marks all processes of the shell, for `endOrphan`; unique within a data folder. */
  job: string;
  onStart?(ref: RunRef): void;
  /** Output for the terminal as it arrives, never split inside a character. */
  onData(text: string): void;
  /** Called once, after the last `onData`, when everything that ran in it has ended. */
  onExit(exit: Pick<Exit, 'code' | 'signal'>): void;
}

/** An interactive shell in a terminal of its own. */
export interface Shell {
  /** What runs in it, e.g. `bash`. */
  readonly name: string;
  write(text: string): void;
  resize(cols: number, rows: number): void;
  /** Until `resume`, at most a little more data arrives; the writer is blocked. */
  pause(): void;
  resume(): void;
  /** Ends it. Resolves when it and everything that it started has ended. */
  kill(): Promise<void>;
}

/** How what listens on this machine is reached from a workspace. */
export interface HostAddress {
  /** The address of this machine to listen on. */
  listen: string;
  /** Its address or name in the workspace. */
  name: string;
}

/** A project's long-lived place to run commands. */
export interface Workspace {
  readonly engine: EngineName;
  /** Differs between places where that tool may differ: a version, an image. */
  toolIdentity(name: string): Promise<string>;
  /** The version of a tool that a command would start; asked of it at most once. */
  toolVersion(name: string): Promise<string>;
  /**
   * The folders of the project that this place has for itself: what is in them on this machine is
   * not seen there, and the other way round. Absolute paths of this machine.
   */
  ownFolders(): Promise<readonly string[]>;
  /**
   * Runs a command to its end. Resolves once the process and everything it started have ended, also
   * after `signal` or the timeout. Rejects with TOOL_MISSING when the program isn't there, or not in
   * the version that the project asks for.
   */
  exec(command: Command, options: ExecOptions): Promise<Exit>;
  /**
   * Opens the user's shell in the project's folder. Rejects with FOLDER_NOT_FOUND, or with
   * TOOL_MISSING when no terminal or shell is available.
   */
  openShell(options: ShellOptions): Promise<Shell>;
  /** Nothing more will run in it: removes what was kept for this use only. */
  end(): Promise<void>;
}

/**
 * Where a service listens that nothing but programs which know its address are to reach: never on
 * 127.0.0.1 with the port that it is known by.
 */
export interface PrivatePlace extends Pick<ServiceSpec, 'ports' | 'labels'> {
  /** What the service itself listens on. */
  listen: { host: string; port: number };
  /** Its address, e.g. `http://127.83.4.9:8545`, after its start; null: it has ended again. */
  addressOf(ref: RunRef): Promise<string | null>;
}

export interface Engine {
  readonly name: EngineName;
  /** The address that a service must listen on to be reachable at 127.0.0.1 of the host. */
  readonly listenHost: string;
  /**
   * Prepares what something needs. Rejects with ENGINE_UNAVAILABLE, IMAGE_BUILD_FAILED,
   * DOCKERFILE_UNUSABLE, or the reason of the signal.
   */
  prepare(preparation: Preparation | undefined, needs: Needs): Promise<void>;
  /** A tool that the engine knows. Rejects with TOOL_MISSING and what to do about it. */
  tool(name: string): Promise<Tool>;
  /**
   * @param reaching an address returned by `reach`, which the workspace's commands use: it is the
   * only service of this engine that they can reach
   */
  workspace(project: WorkspaceProject, reaching?: string): Workspace;
  /** The address under which what runs here reaches an address of the host; null: it can't. */
  reach(url: string): Promise<string | null>;
  /**
   * How a workspace reaches a program of this machine; null: it can't.
   *
   * @param reaching the workspace's own `reaching`
   */
  hostAddress(reaching: string): Promise<HostAddress | null>;
  /**
   * How a service of that use and name reaches a program of this machine, now and for as long as it
   * is there; null: it can't. Rejects with ENGINE_UNAVAILABLE.
   */
  serviceHostAddress(use: ServiceUse, name: string): Promise<HostAddress | null>;
  /**
   * A place for a service that is known by a port of 127.0.0.1 and does not listen there itself.
   * Rejects with ENGINE_UNAVAILABLE.
   *
   * @param port of 127.0.0.1, that it is known by
   */
  privatePlace(port: number): Promise<PrivatePlace>;
  /** What listens on a port of 127.0.0.1, as far as it can be seen, e.g. `process 4121 (node)`. */
  portHolder(port: number): Promise<string | undefined>;
  /**
   * Starts a service that continues when this process ends. Rejects with PORT_TAKEN when that is
   * known immediately, and with ENGINE_UNAVAILABLE when the service needs a container and this
   * engine has none.
   */
  startService(spec: ServiceSpec, preparation?: Preparation): Promise<RunRef>;
  /**
   * Whether that same start is still running. Rejects with ENGINE_UNAVAILABLE when it is unknown.
   */
  isRunning(ref: RunRef): Promise<boolean>;
  /**
   * How that start, which no longer runs, has ended; null: it isn't known, as of a process that an
   * earlier core has started. Rejects with ENGINE_UNAVAILABLE.
   */
  endOfService(ref: RunRef): Promise<ProcessEnd | null>;
  /** Whether the engine has paused it. Rejects with ENGINE_UNAVAILABLE. */
  isPaused(ref: RunRef): Promise<boolean>;
  /**
   * Ends what an earlier core's `exec` left running: the process that it recorded, if any, and
   * everything that carries the job's mark. Rejects with ENGINE_UNAVAILABLE when that is unknown.
   */
  endOrphan(orphan: { ref: RunRef | null; job: string }): Promise<void>;
  /**
   * Ends the services that were started in a folder below this one and are not among the known
   * ones: left by a core that was killed before it could record them. Returns how many.
   */
  endStrays(folder: string, known: () => readonly RunRef[]): Promise<number>;
  /** Asks it to end, and kills it after `graceMs`. Resolves when it has ended. */
  stopService(ref: RunRef, graceMs: number): Promise<void>;
  /** Removes what is kept for a removed project. */
  forget(project: number): Promise<void>;
  /** Removes what is kept for a removed service that no longer runs. */
  forgetService(name: string): Promise<void>;
}
