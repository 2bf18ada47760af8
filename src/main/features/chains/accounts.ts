import type { RunningChain } from './lifecycle.ts';

/** Asks a chain once for the addresses that it signs for: they last as long as its process. */
export function accountsOf(): (chain: RunningChain) => Promise<string[]> {
  const known = new Map<string, { instance: string | null; addresses: string[] }>();
  return async ({ row: { name, instance }, call }) => {
    const before = known.get(name);
    if (before && instance !== null && before.instance === instance) return before.addresses;
    const addresses = await call<string[]>('eth_accounts');
    known.set(name, { instance, addresses });
    return addresses;
  };
}
