import { getAddress, parseEther } from 'viem';
import { AppError } from '../../shared/errors.ts';
import type { ChainCalls } from './calls.ts';
import type { Account } from './contract.ts';
import type { RunningChain, RunningChains } from './running.ts';

/** The accounts that a chain signs for, and what they hold. */
export function chainAccounts({ requireRunning }: RunningChains, { asked, touch }: ChainCalls) {
  const known = new Map<string, { instance: string | null; addresses: string[] }>();

  /** Asks a chain once: they last as long as its process. */
  async function addresses({ row: { name, instance }, call }: RunningChain): Promise<string[]> {
    const before = known.get(name);
    if (before && instance !== null && before.instance === instance) return before.addresses;
    const found = await call<string[]>('eth_accounts');
    known.set(name, { instance, addresses: found });
    return found;
  }

  async function balanceOf(name: string, address: string): Promise<string> {
    const chain = await requireRunning(name);
    return BigInt(await chain.call<string>('eth_getBalance', [address, 'latest'])).toString();
  }

  return {
    addresses,

    async list(name: string): Promise<Account[]> {
      const chain = await requireRunning(name);
      return asked(name, async () => {
        const found = await addresses(chain);
        return Promise.all(
          found.map(async (address, index) => ({
            index,
            address: getAddress(address),
            balance: await balanceOf(name, address),
          })),
        );
      });
    },

    async fund(name: string, address: string, ether: string) {
      await touch(name, async ({ call }) => {
        const balance = BigInt(await call<string>('eth_getBalance', [address, 'latest']));
        const sum = balance + parseEther(ether);
        if (sum >= 2n ** 256n) {
          throw new AppError('BAD_INPUT', 'An account can not hold that much.', { field: 'ether' });
        }
        await call('anvil_setBalance', [address, `0x${sum.toString(16)}`]);
      });
      return { address, balance: await balanceOf(name, address) };
    },
  };
}

export type ChainAccounts = ReturnType<typeof chainAccounts>;
