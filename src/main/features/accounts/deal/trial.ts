import type { Hex } from 'viem';
import { type Rpc, RpcError } from '../../../eth/rpc.ts';
import { overridesOf, type Write } from './writes.ts';

/** A call whose result is a number or an address. */
export interface Question {
  to: Hex;
  data: Hex;
}

/** A word of storage that a call reads. */
export interface ReadSlot {
  address: Hex;
  slot: Hex;
  value: bigint;
}

/** No question may cost a node more. */
const MOST_GAS = '0x1c9c380';

/** Asks a chain what contracts would say if something were written; nothing of that stays. */
export class Trial {
  readonly #call: Rpc;

  /** @param call sends the calls of one turn in one request */
  constructor(call: Rpc) {
    this.#call = call;
  }

  /** The word that a call returns; null: it reverts, or returns no word. Rejects with RpcError. */
  async ask({ to, data }: Question, writes: readonly Write[] = []): Promise<bigint | null> {
    const output = await this.output({ to, data }, writes);
    return output && /^0x[0-9a-f]{64}$/i.test(output) ? BigInt(output) : null;
  }

  /** What a call returns, hex; null: it reverts. Rejects with RpcError. */
  async output({ to, data }: Question, writes: readonly Write[] = []): Promise<Hex | null> {
    const params: unknown[] = [{ to, data, gas: MOST_GAS }, 'latest'];
    if (writes.length > 0) params.push(overridesOf(writes));
    try {
      return await this.#call<Hex>('eth_call', params);
    } catch (error) {
      if (error instanceof RpcError && !error.unreachable) return null;
      throw error;
    }
  }

  /** What a call reads of storage, of whichever contract, also when it reverts. Rejects with RpcError. */
  async slotsOf({ to, data }: Question, writes: readonly Write[] = []): Promise<ReadSlot[]> {
    const state = await this.#call<Record<Hex, { storage?: Record<Hex, Hex> }>>('debug_traceCall', [
      { to, data, gas: MOST_GAS },
      'latest',
      {
        tracer: 'prestateTracer',
        tracerConfig: { disableCode: true },
        stateOverrides: overridesOf(writes),
      },
    ]);
    return Object.entries(state).flatMap(([address, { storage = {} }]) =>
      Object.entries(storage).map(([slot, value]) => ({
        ...{ address: address as Hex, slot: slot as Hex, value: BigInt(value) },
      })),
    );
  }

  balanceOf = async (address: Hex): Promise<bigint> =>
    BigInt(await this.#call<string>('eth_getBalance', [address, 'latest']));

  async valueAt({ address, slot }: Pick<Write, 'address' | 'slot'>): Promise<bigint> {
    if (slot === null) return this.balanceOf(address);
    return BigInt(await this.#call<string>('eth_getStorageAt', [address, slot, 'latest']));
  }
}
