import type { Seen } from '../../lib/seen.ts';
import type { CompileAgain, CompiledAgain } from '../../solidity/compiler/compile-again.ts';
import type { CompiledFrom } from '../../solidity/compiler/compiled-from.ts';
import type { ReadFile } from './store.ts';

/** A project's folder as it is read. */
export interface Folder {
  kind: string;
  path: string;
  /** Its code may run: links out of it are followed. */
  trusted: boolean;
}

/** A request to the process that reads. */
export type ReaderTask =
  | { do: 'stamp'; folder: Folder }
  /** `known`: stamps of files, relative to the folder, that are not read again. */
  | { do: 'read'; folder: Folder; known: ReadonlyMap<string, string>; skip: readonly string[] }
  /** `file`: relative to the folder. */
  | { do: 'compile'; folder: Folder; file: string; ask: CompileAgain }
  /** Of what is in no folder any more; compilers are those of this machine. */
  | { do: 'compile-stored'; from: StoredCompilation; ask: CompileAgain }
  /** The last batch is stored. */
  | { do: 'continue' };

/** What was compiled, without what compiles. */
export type StoredCompilation = Omit<CompiledFrom, 'compilers'>;

/** `problem`: in the middle of a sentence. */
export interface NotCompiled {
  problem: string;
  /** How the project sets that its builds keep storage layouts; null: it is in no project now. */
  layoutSetting: string | null;
}

/** Of a project's build output; `seen` is what it was made from. */
export interface BuildStamp {
  stamp: string;
  seen: Seen;
}

/** What it reports meanwhile and at the end. */
export type ReaderNews =
  /** null: there is nothing of the kind, or it can't be read now. */
  | { stamp: BuildStamp | null }
  /** null: there is nothing of the kind. */
  | { compiled: CompiledAgain | NotCompiled | null }
  | { reading: string }
  | { batch: ReadFile[] }
  /** Every file that there is, relative to the folder; null: it can't be read now. */
  | { listed: string[] | null }
  | { broken: string };
