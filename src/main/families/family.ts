import type { Result, Summary } from '../shared/result.ts';
import type { Exported, FactDiff, ResultFormat, ResultRecord, Standing } from './contract.ts';
import type { ResultStore } from './result-store.ts';

/** A deployment as far as its family looks at it. */
export interface Run<R extends Result = Result> {
  readonly id: number;
  readonly target: string;
  readonly live: boolean | null;
  readonly summary: Extract<Summary, { family: R['family'] }> | null;
  /** Null: nothing has come out. */
  readonly result: R | null;
}

export interface Difference<Parts> {
  readonly facts: FactDiff[];
  readonly parts: Parts;
  /** Nothing but times and hashes differs. */
  readonly same: boolean;
}

/** What a file is called and says of itself. */
export interface FileWords {
  /** Of its name, e.g. `vault-3`. */
  readonly stem: string;
  /** What it was made of, e.g. `vault #3 on local`. */
  readonly about: string;
}

/** What one shape of results is stored as, compared by, exported to, found by, and held against. */
export interface Family<R extends Result, Diff, Check> {
  readonly results: ResultStore<R>;
  /** Null stands for a run of another family, which has made nothing here. */
  diff(a: Run<R> | null, b: Run<R> | null): Promise<Difference<Diff>>;
  /** What it can be had as, besides JSON. */
  readonly formats: readonly ResultFormat[];
  /** @param format one of `formats` */
  export(run: Run<R>, format: ResultFormat, words: FileWords): Exported;
  /** What it is found by besides its log, a line each. */
  words(result: R): string[];
  /** Whether what it made is there now. */
  check(run: Run<R>): Promise<Standing & Check>;
  /** What is kept of it beside the result. */
  record(deployment: number): ResultRecord;
  /** Keeps what can't be known once it is taken back. Rejects when that can't be had. */
  keep?(run: Run<R>): Promise<void>;
}
