/** The programs that an engine can run for us. */
export type ToolName = 'forge' | 'anvil' | 'cast';

export interface Tool {
  /** Absolute path; in an image, the path there. */
  path: string;
  version: string;
  /** Where it was found. */
  source: 'settings' | 'foundryup' | 'path' | 'bundled' | 'image';
}

export interface Command {
  /** A tool of ours by name, or any other program. */
  program: ToolName | (string & {});
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
  /** Why it was ended by us, if it was; `lost`: the engine went away, and it with it. */
  ended?: 'cancelled' | 'timeout' | 'lost';
}

export type EngineName = 'process' | 'docker';

/** A running process, identified so that a later core can find or end it: pids are used again. */
export interface ProcessRef {
  pid: number;
  /** Opaque; differs between two processes that had the same pid. */
  startedAt: string;
}

/** One start of a container. */
export interface ContainerRef {
  container: string;
  /** As the daemon says; differs between two starts of the same container. */
  startedAt: string;
}

/** What runs somewhere: enough to find it again and to know that it's the same. */
export type RunRef = ProcessRef | ContainerRef;

/** Equal for the same run, and for nothing else. */
export const runKey = (ref: RunRef): string =>
  `${'container' in ref ? ref.container : ref.pid} ${ref.startedAt}`;

/** For whoever waits until something is ready that may have to be made first. */
export interface Preparation {
  /** What is being done, in lines. */
  note?: (line: string) => void;
  /** Ends the waiting. What others wait for too goes on. */
  signal?: AbortSignal;
}

export interface ExecOptions {
  /** Whole pieces of decoded text as they arrive, never cut inside a character. */
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
  /** What the terminal is to show, as it arrives, never cut inside a character. */
  onData(text: string): void;
  /** Called once, after the last `onData`, when everything that ran in it is gone. */
  onExit(exit: Pick<Exit, 'code' | 'signal'>): void;
}

/** An interactive shell in a terminal of its own. */
export interface Shell {
  /** What runs in it, e.g. `bash`. */
  readonly name: string;
  write(text: string): void;
  resize(cols: number, rows: number): void;
  /** Until `resume` at most a little more data comes: who writes it has to wait. */
  pause(): void;
  resume(): void;
  /** Ends it. Resolves when it and everything that was started in it is gone. */
  kill(): Promise<void>;
}

/** A project's long-lived place to run commands. */
export interface Workspace {
  readonly engine: EngineName;
  /** Differs between places whose tools may not be the same: a version, an image. */
  tools(): Promise<string>;
  /**
   * Runs a command to its end. Resolves once the process and everything it started are gone, also
   * after `signal` or the timeout. Rejects with TOOL_MISSING when the program isn't there.
   */
  exec(command: Command, options: ExecOptions): Promise<Exit>;
  /**
   * Opens the user's shell in the project's folder. Rejects with FOLDER_NOT_FOUND, or with
   * TOOL_MISSING when no terminal or shell can be had.
   */
  openShell(options: ShellOptions): Promise<Shell>;
  /** Nothing more runs in it: what was kept for this one use is removed. */
  end(): Promise<void>;
}

export interface ServiceSpec {
  /** Unique within a data folder. */
  name: string;
  program: ToolName;
  args: string[];
  /** May hold secrets. */
  env: Record<string, string>;
  /** Everything that it reads and writes is in here. */
  cwd: string;
  /** What it listens on, at `Engine.listenHost`; reached at 127.0.0.1 of the host. */
  port: number;
  /** Receives stdout and stderr; emptied at the start. */
  logFile: string;
}

export interface Engine {
  readonly name: EngineName;
  /** The address that a service must listen on, to be reached at 127.0.0.1 of the host. */
  readonly listenHost: string;
  /**
   * Makes ready what the project's runs will need, or without one what chains need. Rejects with
   * ENGINE_UNAVAILABLE, IMAGE_BUILD_FAILED, DOCKERFILE_UNUSABLE, or the reason of the signal.
   */
  prepare(preparation?: Preparation, project?: { id: number; path: string }): Promise<void>;
  /** Rejects with TOOL_MISSING and what to do about it. */
  tool(name: ToolName): Promise<Tool>;
  workspace(project: { id: number; path: string }): Workspace;
  /** The address under which what runs here reaches an address of the host; null: it can't. */
  reach(url: string): Promise<string | null>;
  /** Who has a port of 127.0.0.1, as far as that can be seen, e.g. `process 4121 (anvil)`. */
  portHolder(port: number): Promise<string | undefined>;
  /**
   * Starts a service of its own that goes on when this process ends. Rejects with PORT_TAKEN when
   * that can be told at once.
   */
  startService(spec: ServiceSpec, preparation?: Preparation): Promise<RunRef>;
  /** Whether that very one is still running. Rejects with ENGINE_UNAVAILABLE when nobody can tell. */
  isRunning(ref: RunRef): Promise<boolean>;
  /**
   * Ends what an earlier core's `exec` left running: the process that it noted, if it came to that,
   * and whatever carries the job's mark. Rejects with ENGINE_UNAVAILABLE when nobody can tell.
   */
  endOrphan(orphan: { ref: RunRef | null; job: string }): Promise<void>;
  /**
   * Ends the services that were started in a folder below this one and are not among the known:
   * what a core left that was killed before it could note them. Answers how many.
   */
  endStrays(folder: string, known: () => readonly RunRef[]): Promise<number>;
  /** Asks it to end, and makes it after `graceMs`. Resolves when it's gone. */
  stopService(ref: RunRef, graceMs: number): Promise<void>;
  /** Removes what is kept for a project that is gone. */
  forget(project: number): Promise<void>;
}
