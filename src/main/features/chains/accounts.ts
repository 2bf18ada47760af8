import { parseEther } from 'viem';
import { AppError } from '../../shared/errors.ts';
import type { ChainCalls } from './calls.ts';
import type { ChainsContext } from './context.ts';
import type { Account } from './contract.ts';
import type { RunningChains } from './running.ts';

/** The accounts that a chain signs for, and what they hold. */
export function chainAccounts(
  { deps: { creations } }: ChainsContext,
  { requireRunning }: RunningChains,
  { asked, touch }: ChainCalls,
) {
  async function balanceOf(name: string, address: string): Promise<string> {
    const chain = await requireRunning(name);
    return BigInt(await chain.call<string>('eth_getBalance', [address, 'latest'])).toString();
  }

  return {
    async list(name: string): Promise<Account[]> {
      await requireRunning(name);
      return asked(name, async () => {
        const found = creations.devAddresses(name);
        return Promise.all(
          found.map(async (address, index) => ({
            index,
            address,
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
