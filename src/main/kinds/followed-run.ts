import type { Result } from '../shared/result.ts';

/** The files of a project in which a tool writes what a run has done, relative to its folder. */
export interface ResultFiles {
  /** There, and this run's alone. */
  own: string[];
  /** Overwritten by each run of their kind. */
  shared: string[];
}

/** A run that can be taken back, as far as the files depend on it that tell of it. */
export interface FollowedRun {
  deployment: number;
  project: number;
  target: string;
  folder: string;
  /** What its result begins with. */
  result: Result | null;
  /** Looks for them anew at each call. */
  files(): ResultFiles;
}
