import { rpc } from '../../eth/rpc.ts';
import type { WritableState } from '../../eth/writable-state.ts';
import type { ChainCalls } from './calls.ts';
import type { ChainsContext } from './context.ts';
import type { RunningChains } from './running.ts';

/** A chain that stands still holds up nothing. */
const ANSWER_WITHIN_MS = 2000;

/** Changes the state of chains that run. */
export function chainWriter(
  context: ChainsContext,
  { requireRunning, running }: RunningChains,
  { asked }: ChainCalls,
) {
  const { creations } = context.deps;

  function writable(name: string, url: string, timeoutMs?: number): WritableState {
    const call = rpc(url, timeoutMs, { batch: true });
    const isKept = (address: string) =>
      creations.isWithoutKeys(name) &&
      creations.devAddresses(name).some((one) => one.toLowerCase() === address.toLowerCase());
    return {
      call,
      setStorage: (address, slot, value) => call('anvil_setStorageAt', [address, slot, value]),
      setBalance: (address, wei) => call('anvil_setBalance', [address, `0x${wei.toString(16)}`]),
      impersonate: (address) => call('anvil_impersonateAccount', [address]),
      async stopImpersonating(address) {
        if (!isKept(address)) await call('anvil_stopImpersonatingAccount', [address]);
      },
    };
  }

  return {
    /**
     * One change of a chain at a time. Rejects with CHAIN_BUSY while a deployment has the chain,
     * CHAIN_NOT_RUNNING, and CHAIN_CALL_FAILED when the chain refuses or doesn't respond.
     */
    write<T>(name: string, work: (state: WritableState) => Promise<T>): Promise<T> {
      context.network(name);
      return context.change(name, async () => {
        const { url } = await requireRunning(name);
        // It leaves no block behind that tells of it.
        context.touched.add(name);
        try {
          return await asked(name, () => work(writable(name, url)));
        } finally {
          context.deps.changed({ topic: 'chains', key: name });
        }
      });
    },

    /** Returns the nonce that the account had. Rejects as `write`. */
    setNonce(name: string, account: string, nonce: number): Promise<number> {
      return this.write(name, async ({ call }) => {
        const before = await call<string>('eth_getTransactionCount', [account, 'latest']);
        await call('anvil_setNonce', [account, `0x${nonce.toString(16)}`]);
        return Number(before);
      });
    },

    /** For what disturbs no deployment. undefined: the chain doesn't run. Rejects with RpcError. */
    async whileRunning<T>(
      name: string,
      work: (state: WritableState) => Promise<T>,
    ): Promise<T | undefined> {
      const chain = await running(name);
      return chain && work(writable(name, chain.url, ANSWER_WITHIN_MS));
    },
  };
}
