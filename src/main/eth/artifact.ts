import type { CompiledContract } from './compiled-contract.ts';

/** A source file that a source map refers to. */
export interface ArtifactSource {
  /** Its number in source maps. */
  id: number;
  /** As the compiler knows it. */
  path: string;
  /** As it was compiled; null: it can't be had any more. */
  text: string | null;
}

/** https://docs.soliditylang.org/en/latest/internals/layout_in_storage.html#json-output */
export interface CompilerStorageLayout {
  storage: { label: string; offset: number; slot: string; type: string; contract: string }[];
  types: Record<string, CompilerStorageType>;
}

export interface CompilerStorageType {
  encoding: string;
  label: string;
  numberOfBytes: string;
  /** Of arrays. */
  base?: string;
  /** Of mappings. */
  key?: string;
  value?: string;
  /** Of structs. */
  members?: { label: string; offset: number; slot: string; type: string }[];
  /** Of an enum, the names of its members in their order; not the compiler's. */
  enumMembers?: readonly string[];
}

/** How a contract was compiled; null for what the build has not written down. */
export interface Compilation {
  /** With the commit where it is known, e.g. `0.8.30+commit.73712a01`. */
  version: string;
  optimizer: { enabled: boolean; runs: number | null } | null;
  viaIr: boolean | null;
  evmVersion: string | null;
  /** As the compiler had them; missing of what was read by an earlier version. */
  remappings?: readonly string[];
}

/** A compiled contract with what it takes to look into its execution and its storage. */
export interface Artifact extends CompiledContract {
  /** https://docs.soliditylang.org/en/latest/internals/source_mappings.html */
  creationSourceMap: string | null;
  runtimeSourceMap: string | null;
  /** Empty when the build has not kept their numbers. */
  sources: readonly ArtifactSource[];
  storageLayout: CompilerStorageLayout | null;
  compilation: Compilation | null;
}
