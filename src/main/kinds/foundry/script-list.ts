/** A parameter of a function: its name and ABI type. */
export interface ScriptInput {
  name: string;
  /** Tuples as (type,…). */
  type: string;
  /** The same with the names of members: (address to,uint256 share)[]. */
  named?: string;
  /** Of an enum, the names of its members. */
  members?: string[];
}

export interface ScriptFunction {
  name: string;
  /** E.g. run(address,uint256). */
  signature: string;
  inputs: ScriptInput[];
}

export interface ScriptContract {
  name: string;
  functions: ScriptFunction[];
  /** What could not be determined, if anything. */
  note?: string;
}

/** A file with deploy scripts, or with something that looks like one but isn't. */
export interface Script {
  /** Relative to the project, with forward slashes; ".": a problem of all files. */
  file: string;
  /** Those with a run function. */
  contracts: ScriptContract[];
  /** What looks like a script but isn't; it runs when it is named with a signature. */
  leftOut?: (ScriptContract & { why: string })[];
  isDefault: boolean;
  /** It is listed only because a request names it, and not named as scripts are. */
  isElsewhere?: true;
  /** Why nothing could be read from the file, if so. */
  problem?: string;
}

export interface ScriptsOptions {
  /** The folder's code may run: links out of it are followed, and build results are used. */
  trusted?: boolean;
  /** Of foundry.toml; absent: as the environment says. */
  profile?: string;
  /** A file that is requested by name, relative to the folder: listed wherever it is. */
  also?: string;
}
