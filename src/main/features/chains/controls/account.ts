import { getAddress } from 'viem';
import type { Rpc } from '../../../eth/rpc.ts';
import type { ChainCalls } from '../calls.ts';
import type { ChainsContext } from '../context.ts';
import type { RunningChains } from '../running.ts';
import type { ChainSnapshots } from '../snapshots.ts';

/** What an account is to have; what is left out stays. */
export interface AccountChange {
  address: string;
  /** wei */
  balance?: bigint;
  nonce?: bigint;
  /** Hex. */
  code?: string;
  /** Slots and their words, hex. */
  storage?: readonly { slot: string; word: string }[];
  /** Name of a snapshot that is taken first; null: none is. */
  snapshot: string | null;
}

/** Changes accounts out of nothing, which leaves no block and no transaction. */
export function accountChanges(
  context: ChainsContext,
  { requireRunning }: RunningChains,
  { asked, touch }: ChainCalls,
  snapshots: ChainSnapshots,
) {
  return async (
    name: string,
    change: AccountChange,
  ): Promise<{ snapshot: { id: number; name: string } | null }> => {
    context.network(name);
    return context.change(name, async () => {
      const chain = await requireRunning(name);
      const { snapshot } = change;
      const taken =
        snapshot === null ? null : await asked(name, () => snapshots.automatic(chain, snapshot));
      await touch(name, ({ call }) => apply(call, change));
      return { snapshot: taken && { id: taken.id, name: taken.name } };
    });
  };
}

async function apply(call: Rpc, change: AccountChange): Promise<void> {
  const { address, balance, nonce, code, storage = [] } = change;
  if (balance !== undefined) await call('anvil_setBalance', [address, hex(balance)]);
  if (nonce !== undefined) await call('anvil_setNonce', [address, hex(nonce)]);
  if (code !== undefined) await call('anvil_setCode', [address, code]);
  for (const { slot, word } of storage) await call('anvil_setStorageAt', [address, slot, word]);
}

const hex = (value: bigint): string => `0x${value.toString(16)}`;

/** What an account has now. */
export const accountReader =
  ({ requireRunning }: RunningChains, { asked }: ChainCalls) =>
  async (name: string, address: string) => {
    const { call } = await requireRunning(name);
    const [balance, nonce, code] = await asked(name, () =>
      Promise.all([
        call<string>('eth_getBalance', [address, 'latest']),
        call<string>('eth_getTransactionCount', [address, 'latest']),
        call<string>('eth_getCode', [address, 'latest']),
      ]),
    );
    return {
      address: getAddress(address.toLowerCase()),
      balance: BigInt(balance).toString(),
      nonce: BigInt(nonce).toString(),
      codeSize: (code.length - 2) / 2,
    };
  };
