import type { Rpc } from '#main/eth/rpc.ts';

interface Change {
  before: string;
  after: string;
}

/** What is exported of the difference of two states, as far as it is replayed. */
export interface WrittenDiff {
  accounts: {
    address: string;
    balance: Change | null;
    nonce: Change | null;
    code: Change | null;
    slots: (Change & { slot: string })[];
  }[];
}

/** Makes the state of a chain the later one. */
export async function replayDiff(call: Rpc, { accounts }: WrittenDiff): Promise<void> {
  const hex = (decimal: string) => `0x${BigInt(decimal).toString(16)}`;
  for (const { address, balance, nonce, code, slots } of accounts) {
    if (code) await call('anvil_setCode', [address, code.after]);
    if (balance) await call('anvil_setBalance', [address, hex(balance.after)]);
    if (nonce) await call('anvil_setNonce', [address, hex(nonce.after)]);
    for (const { slot, after } of slots) {
      await call('anvil_setStorageAt', [address, slot, after]);
    }
  }
}
