import { type Rpc, RpcError } from '../../eth/rpc.ts';
import type { ChainsContext } from './context.ts';
import { type RunSwitch, runSwitch } from './run-switch.ts';

/** An address that no key is known of. */
const STRANGER = '0x00000000000000000000000000000000d0cc0ff5';

/**
 * Lets a chain sign for every address while a deployment has it: scripts send with keys of their own,
 * with those of the chain, and as other accounts, all in one run.
 */
export function signForAll(context: ChainsContext): RunSwitch {
  const { store } = context.deps;
  return runSwitch(context, {
    async on({ row: { name, instance }, call }) {
      const isNoted = store.chain(name)?.signingInstance === instance;
      // What the user has switched on stays on afterwards.
      if (!isNoted && (await signsForStrangers(call))) return;
      store.setSigning(name, instance);
      await call('anvil_autoImpersonateAccount', [true]);
    },
    notedOf: (name) => store.chain(name)?.signingInstance ?? null,
    putBack: async (call) => void (await call('anvil_autoImpersonateAccount', [false])),
    forget: (name) => store.setSigning(name, null),
    left: 'the chain still signs for every address',
    done: (name) => `${name} signs for its own accounts only, as before the interrupted run.`,
  });
}

/** The node is asked to send what it can only refuse: for lack of gas, or, before that, of a key. */
async function signsForStrangers(call: Rpc): Promise<boolean> {
  try {
    await call('eth_sendTransaction', [{ from: STRANGER, to: STRANGER, gas: '0x1' }]);
    return true;
  } catch (error) {
    if (!(error instanceof RpcError) || error.unreachable) throw error;
    return !/no signer/i.test(error.message);
  }
}
