/** What is opened. All paths are absolute and real. */
export interface OpenTarget {
  /** A folder; the project's, where a file of it is opened. */
  folder: string;
  file?: string;
  /** From 1. */
  line?: number;
  column?: number;
}

/** How a program is started: without a shell, each word an argument of its own. */
export interface Start {
  /** Absolute. */
  program: string;
  args: readonly string[];
  /** The folder that it starts in; absent: the user's home. */
  cwd?: string;
  /** Its exit code says nothing. */
  ignoresExitCode?: boolean;
  /** On Windows: `args` are one command line, as the program itself parses it. */
  verbatim?: boolean;
}

/** A program of this machine that opens something. */
export interface Program {
  id: string;
  label: string;
  start(target: OpenTarget): Start;
}
