/** A program that brings libraries which are missing in a project's folder. */
export interface LibraryStep {
  /** What it is chosen by: the program, or what of it does this. */
  tool: string;
  /** Nothing of it is taken from the project. */
  program: string;
  /** On Windows it is a script, which only a shell starts. */
  isScript?: boolean;
  /** Arguments of `program`; none of them is taken from the project but paths that lie in it. */
  args: string[];
  /** Where it runs. */
  folder: string;
  /** What it brings, e.g. `lib/dock`, `@harbour/contracts`. */
  missing: string[];
  /** Why this program, as a sentence. */
  why: string;
  /** It brings what the failed run was missing. */
  fits: boolean;
}

/** A project's place, and the folder that holds the `.git` that it had when it was added. */
export interface LibraryPlace {
  path: string;
  repository: string | null;
}
