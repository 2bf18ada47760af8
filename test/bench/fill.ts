import type { Rpc } from '#main/kit/rpc.ts';

/** Sends so many transfers. Resolves when all of them are mined. */
export async function fill(call: Rpc, transactions: number): Promise<void> {
  const [from] = await call<string[]>('eth_accounts');
  let hash = '';
  for (let i = 0; i < transactions; i++) {
    const to = `0x${(0xbeef0000 + i).toString(16).padStart(40, '0')}`;
    hash = await call<string>('eth_sendTransaction', [{ from, to, value: '0x1' }]);
  }
  // anvil answers before it has mined.
  while ((await call('eth_getTransactionReceipt', [hash])) === null);
}
