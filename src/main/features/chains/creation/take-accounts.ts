import { parseEther } from 'viem';
import type { Rpc } from '../../../eth/rpc.ts';

/**
 * Has a chain send for accounts whose keys it does not get, and gives each of them its first
 * balance. Rejects with RpcError.
 *
 * @param balance ether; null: they have what they have
 */
export async function takeAccounts(
  call: Rpc,
  addresses: readonly string[],
  balance: number | null,
): Promise<void> {
  const wei = balance === null ? null : `0x${parseEther(`${balance}`).toString(16)}`;
  await Promise.all(
    addresses.map(async (address) => {
      await call('anvil_impersonateAccount', [address]);
      if (wei !== null) await call('anvil_setBalance', [address, wei]);
    }),
  );
}
