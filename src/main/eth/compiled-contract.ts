import type { Abi } from 'viem';

/** Bytes of code, from the first one on, that are not known when it is compiled. */
export interface CodeGap {
  start: number;
  length: number;
}

/** A contract as a compiler has left it, whichever tool has written it down. */
export interface CompiledContract {
  name: string;
  /** Its source file as the compiler knows it. */
  source: string;
  abi: Abi;
  /** Hex digits without 0x; gaps hold anything. */
  creationCode: string;
  /** Where addresses of libraries are put. */
  creationGaps: readonly CodeGap[];
  runtimeCode: string;
  /** Where addresses of libraries and immutable values are put. */
  runtimeGaps: readonly CodeGap[];
  /** Of several with the same code, those of the lowest rank give the name. */
  rank: number;
}
