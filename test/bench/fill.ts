import { setTimeout as sleep } from 'node:timers/promises';
import type { Rpc } from '#main/eth/rpc.ts';

/** Sends so many transfers. Resolves when all of them are mined, and the chain is at rest. */
export async function fill(call: Rpc, transactions: number): Promise<void> {
  const [from] = await call<string[]>('eth_accounts');
  let hash = '';
  for (let i = 0; i < transactions; i++) {
    const to = `0x${(0xbeef0000 + i).toString(16).padStart(40, '0')}`;
    hash = await call<string>('eth_sendTransaction', [{ from, to, value: '0x1' }]);
  }
  // anvil answers before it has mined.
  while ((await call('eth_getTransactionReceipt', [hash])) === null);
  // After thousands it goes on for a while, with empty blocks.
  if (transactions < 100) return;
  for (let before = ''; ; ) {
    const now = await call<string>('eth_blockNumber');
    if (now === before) return;
    before = now;
    await sleep(500);
  }
}
