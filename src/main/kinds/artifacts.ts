import type { Artifact, LayoutOrProblem } from '../eth/artifact.ts';

/** A file that may hold an artifact. */
export interface ArtifactFile {
  /** Absolute. */
  path: string;
  /** Differs between two states of the file. */
  stamp: string;
  /** Of several artifacts with the same code, those of the lowest rank give the name; 0: the project's own. */
  rank: number;
}

/** What the builds of a project have left in its folder. None of its code runs; nothing throws for what is in it. */
export interface ProjectArtifacts {
  /** Differs when a build has written something since. Looks at a few files. */
  stamp(): string;
  /** At most some thousand, those of the project first. */
  list(): ArtifactFile[];
  /** null: it holds none. */
  read(file: ArtifactFile): Promise<Artifact | null>;
  /**
   * How the contract in a file, whose build has not kept it, lays out its storage; the compiler runs
   * for it, if the folder's code may run.
   */
  layout(file: string): Promise<LayoutOrProblem>;
}

export interface OpenOptions {
  /** The folder's code may run: links out of it are followed. */
  trusted: boolean;
  /** Called with each path that a result depends on, before it is read. */
  looked?: (file: string) => void;
}

/** Throws AppError when the project's configuration can't be read. */
export type OpenArtifacts = (folder: string, options: OpenOptions) => ProjectArtifacts;
