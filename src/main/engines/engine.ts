/** The programs that an engine can run for us. */
export type ToolName = 'forge' | 'anvil' | 'cast';

export interface Tool {
  /** Absolute path, or the name inside a container. */
  path: string;
  version: string;
  /** Where it was found. */
  source: 'settings' | 'foundryup' | 'path' | 'bundled';
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
  /** Why it was ended by us, if it was. */
  ended?: 'cancelled' | 'timeout';
}

/** A running process, identified so that a later core can find or end it: pids are used again. */
export interface ProcessRef {
  pid: number;
  /** Opaque; differs between two processes that had the same pid. */
  startedAt: string;
}

export interface ExecOptions {
  /** Whole pieces of decoded text as they arrive, never cut inside a character. */
  onOutput(stream: OutputStream, text: string): void;
  onStart?(ref: ProcessRef): void;
  signal?: AbortSignal;
  /** Marks all processes of the command, for `endOrphan`; unique within a data folder. */
  job?: string;
}

/** A project's long-lived place to run commands. */
export interface Workspace {
  /**
   * Runs a command to its end. Resolves once the process and everything it started are gone, also
   * after `signal` or the timeout. Rejects with TOOL_MISSING when the program isn't there.
   */
  exec(command: Command, options: ExecOptions): Promise<Exit>;
  /** The address under which a command here reaches an address of the host. */
  reach(url: string): string;
}

export interface ServiceSpec {
  program: ToolName;
  args: string[];
  env: Record<string, string>;
  cwd: string;
  /** Receives stdout and stderr; emptied at the start. */
  logFile: string;
}

/** A service that outlives us: enough to find it again and to know that it's the same one. */
export type ServiceRef = ProcessRef;

export interface Engine {
  readonly name: 'process' | 'docker';
  /** Rejects with TOOL_MISSING and what to do about it. */
  tool(name: ToolName): Promise<Tool>;
  workspace(project: { id: number; path: string }): Workspace;
  /** Starts a process of its own that goes on when this one ends. */
  startService(spec: ServiceSpec): Promise<ServiceRef>;
  /** Whether that very process is still running. */
  isRunning(ref: ServiceRef): Promise<boolean>;
  /**
   * Ends what an earlier core's `exec` left running: the process that it noted, if it came to that,
   * and whatever carries the job's mark.
   */
  endOrphan(orphan: { ref: ProcessRef | null; job: string }): Promise<void>;
  /**
   * Ends the services that were started in a folder below this one and are not among the known:
   * what a core left that was killed before it could note them. Answers how many.
   */
  endStrays(folder: string, known: () => readonly ServiceRef[]): Promise<number>;
  /** Asks it to end, and makes it after `graceMs`. Resolves when it's gone. */
  stopService(ref: ServiceRef, graceMs: number): Promise<void>;
}
