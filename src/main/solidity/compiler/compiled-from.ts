import type { Compiler, StandardInput } from './compile.ts';

/** What a contract was compiled from, and what may compile it again. */
export interface CompiledFrom {
  /** As the compiler knows it. */
  source: string;
  name: string;
  /** Of the compiler, with its commit where that is known. */
  version: string;
  /** As the compiler had it for this contract, without what output was asked for. */
  input: StandardInput;
  /** The best first. */
  compilers: readonly Compiler[];
}

/** `problem`: in the middle of a sentence. */
export type CompiledFromOrProblem = CompiledFrom | { problem: string };
