import type { LayoutOrProblem } from '../../eth/artifact.ts';
import type { Seen } from '../../lib/seen.ts';
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
  | { do: 'layout'; folder: Folder; file: string }
  /** The last batch is stored. */
  | { do: 'continue' };

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
  | { layout: LayoutOrProblem | null }
  | { reading: string }
  | { batch: ReadFile[] }
  /** Every file that there is, relative to the folder; null: it can't be read now. */
  | { listed: string[] | null }
  | { broken: string };
