import type { Rpc } from './rpc.ts';

/** A chain whose state can be changed without a transaction. Calls reject with RpcError. */
export interface WritableState {
  /** The calls of one turn go in one request, as do the changes below. */
  call: Rpc;
  /** @param slot and value are words of 32 bytes, hex */
  setStorage(address: string, slot: string, value: string): Promise<unknown>;
  setBalance(address: string, wei: bigint): Promise<unknown>;
  /** The chain sends for an address without its key, until its process ends. */
  impersonate(address: string): Promise<unknown>;
  stopImpersonating(address: string): Promise<unknown>;
}
