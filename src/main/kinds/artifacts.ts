import type { Artifact } from '../eth/artifact.ts';
import type { CompiledFromOrProblem } from '../solidity/compiler/compiled-from.ts';

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
  /** How a project sets that its builds keep storage layouts. */
  readonly layoutSetting: string;
  /** Differs when a build has written something since. Looks at a few files. */
  stamp(): string;
  /** At most some thousand, those of the project first. */
  list(): ArtifactFile[];
  /** null: it holds none. */
  read(file: ArtifactFile): Promise<Artifact | null>;
  /** What the contract in a file was compiled from, as long as its sources are as they were. */
  compiledFrom(file: string): Promise<CompiledFromOrProblem>;
}

export interface OpenOptions {
  /** The folder's code may run: links out of it are followed. */
  trusted: boolean;
  /** Called with each path that a result depends on, before it is read. */
  looked?: (file: string) => void;
}

/** Throws AppError when the project's configuration can't be read. */
export type OpenArtifacts = (folder: string, options: OpenOptions) => ProjectArtifacts;
