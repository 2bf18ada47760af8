/**
 * A program that engines run, and how it is found. Kinds of projects and types of targets declare
 * theirs.
 */
export interface ToolSpec {
  /** The name used in commands, without the extension that a system adds. */
  name: string;
  /** Arguments with which it prints its version and does nothing else. */
  versionArgs: readonly string[];
  /** The setting with the user's folder for it; when set, it is looked for nowhere else. */
  setting: {
    key: string;
    /** What the folder is, e.g. `the folder of the compilers`. */
    label: string;
  } | null;
  /** Where its installer puts it, below the user's home, and a description of that folder. */
  homeFolder: { path: readonly string[]; label: string } | null;
  /** The package that comes with Drydock, and the file in it; null: none for this machine. */
  bundled: { package: string; file: string } | null;
  /** Prefix of the variables that configure it; in a container it gets those of the host. */
  variables: string | null;
  /** What to do when it is missing, and when it is installed and doesn't run, as sentences. */
  remedy: { missing: string; broken: string };
}

/** Where tools are looked for. */
export interface ToolSearch {
  /** The value of a setting; empty: none. Absent: there are no settings. */
  setting?: (key: string) => string;
  /** The user's home; absent: that of this process. */
  home?: string;
  /** Absent: that of this process. */
  path?: string;
}
