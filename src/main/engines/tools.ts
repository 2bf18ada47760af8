import type { AppError } from '../shared/errors.ts';

/** Tools that are released and installed together; several versions of them can stand side by side. */
export interface Toolchain {
  /** Names it in requests, e.g. `name=1.2.3`. */
  id: string;
  /** As in sentences. */
  label: string;
  /** The tool whose version counts as that of all. */
  main: string;
  /**
   * Where its installer keeps versions: folders that hold one folder for each, which is named after
   * its version and holds the tools. Absolute.
   */
  versionFolders: (home: string, env: NodeJS.ProcessEnv) => string[];
  /** The command with which the user installs a version. */
  install: (version: string) => string;
}

/** The version of a toolchain that a project asks for, whatever else is installed. */
export interface ToolPin {
  toolchain: Pick<Toolchain, 'id' | 'label' | 'main' | 'install'>;
  /** Exact, e.g. `1.2.3`. */
  version: string;
  /** What asks for it, e.g. a file, relative to the project. */
  source: string;
}

/** A copy of a toolchain on this machine. */
export interface InstalledTool {
  version: string;
  /** Its main tool; absolute. */
  path: string;
  source: 'settings' | 'home' | 'path' | 'bundled' | 'downloaded';
  /** The one that runs where nothing asks for a version. */
  isDefault: boolean;
}

export interface InstalledTools {
  /** The versions of a tool on this machine, the newest first. */
  installed(name: string): Promise<InstalledTool[]>;
}

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
  /** Absent: it is of none, and its version can't be chosen. */
  toolchain?: Toolchain;
  /** Where its installer puts it, the most likely folder first, and what those are called. */
  homeFolder: { in: (home: string, env: NodeJS.ProcessEnv) => string[]; label: string } | null;
  /** The package that comes with Drydock, and the file in it; null: none for this machine. */
  bundled: { package: string; file: string } | null;
  /** Prefix of the variables that configure it; in a container it gets those of the host. */
  variables: string | null;
  /** What to do when it is missing, and when it is installed and doesn't run, as sentences. */
  remedy: { missing: string; broken: string };
}

/** Tools that come with Drydock, and are downloaded because the package left them out. */
export interface DownloadedTools {
  /** One that is here. */
  find(spec: ToolSpec): { path: string; version: string } | undefined;
  /** TOOL_MISSING with what is being done about it; undefined: it isn't one of these. */
  missing(spec: ToolSpec): AppError | undefined;
  /** Resolves once it is here, at once if it isn't one of these. Rejects with TOOL_MISSING. */
  need(spec: ToolSpec): Promise<void>;
}

/** Where tools are looked for. */
export interface ToolSearch {
  /** Absent: the package has left none out. */
  downloads?: DownloadedTools;
  /** The value of a setting; empty: none. Absent: there are no settings. */
  setting?: (key: string) => string;
  /** The user's home; absent: that of this process. */
  home?: string;
  /** Absent: that of this process. */
  path?: string;
  /** Variables that say where installers keep things; absent: those of this process. */
  env?: NodeJS.ProcessEnv;
}
