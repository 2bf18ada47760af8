import type { Abi, AbiEvent, AbiFunction } from 'viem';
import type { AbiError } from './abi-index.ts';

/** What is known by name on one network. Every member is cheap to ask twice. */
export interface Names {
  /**
   * The contract at an address: its own code's, and through a proxy that of its implementation.
   *
   * @param ran the implementations that it passed calls on to; none: it has answered itself; absent:
   * those that it has
   * @param code what stood there, hex, where it is not what stands there
   */
  contractAt(
    address: string,
    ran?: readonly string[],
    code?: string,
  ): Promise<KnownContract | null>;
  /** What the user calls an address, whatever stands there. */
  labelAt(address: string): string | null;
  /** All known functions with this selector, the likeliest first. */
  functions(selector: string): readonly AbiFunction[];
  /** All known errors with this selector, the likeliest first. */
  errors(selector: string): readonly AbiError[];
  /** All known events with this topic, the likeliest first. */
  events(topic: string): readonly AbiEvent[];
}

export interface KnownContract {
  /** Of the logic: behind a proxy that of the implementation. */
  name: string;
  /** The logic's and the proxy's together. */
  abi: Abi;
  /** What the project or the user calls it. */
  label: string | null;
  proxy: { name: string | null; kind: ProxyKind; implementation: string } | null;
  /** Its id in the artifacts feature. */
  artifact: number | null;
  /** Name of the project that has compiled it. */
  project: string | null;
}

/**
 * How a contract passes its calls on. `zeppelinos` is the slot that came before EIP-1967; `delegation`
 * is an account that runs the code of a contract, by EIP-7702; `proxy` is none that is known.
 */
export type ProxyKind =
  | 'clone'
  | 'delegation'
  | 'eip-1967'
  | 'transparent'
  | 'uups'
  | 'beacon'
  | 'zeppelinos'
  | 'safe'
  | 'diamond'
  | 'proxy';
