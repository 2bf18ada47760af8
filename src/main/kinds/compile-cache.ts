/** What a compile has made, kept by what it was made from. */
export interface Kept {
  key: string;
  /** Unix time, ms. */
  keptAt: number;
  /** Holds the files, named by their position: `0`, `1`, … */
  folder: string;
  /** As they were given to `keep`. */
  facts: unknown;
}

export interface ToKeep {
  /** Entries are looked for by group, and told apart by key; both are file names. */
  group: string;
  key: string;
  /** JSON. */
  facts: unknown;
  files: Uint8Array[];
}

/** None of it ever fails: what can't be read isn't there, and what can't be written isn't kept. */
export interface CompileCache {
  /** The entries of a group that aren't over their time, the last used first. */
  find(group: string): Kept[];
  /** Asks what is to be kept, and keeps it, in its own time. */
  keep(what: () => Promise<ToKeep | undefined>): void;
  /** Its time begins anew. */
  used(kept: Kept): void;
  drop(kept: Kept): void;
  /**
   * A folder that a tool fills and reads by itself, whose time begins anew; null: nothing is kept.
   * It may be emptied at any time.
   *
   * @param group a file name that is used for nothing else
   */
  folder(group: string): Promise<string | null>;
}

export const nothingKept: CompileCache = {
  find: () => [],
  keep: () => undefined,
  used: () => undefined,
  drop: () => undefined,
  folder: async () => null,
};
