import { type Rpc, RpcError, rpc } from '../../eth/rpc.ts';
import type { ChainsContext } from './context.ts';
import type { RunningChain, RunningChains } from './running.ts';

/** A chain that stands still doesn't hold up the end of a run: what is left is put back later. */
const ANSWER_WITHIN_MS = 2000;

/** An address that no key is known of. */
const STRANGER = '0x00000000000000000000000000000000d0cc0ff5';

/**
 * Lets a chain sign for every address while a deployment has it: scripts send with keys of their own,
 * with those of the chain, and as other accounts, all in one run. What the user had set is put back
 * afterwards, after a crash too.
 */
export function signForAll({ deps: { store, userOf, logger } }: ChainsContext) {
  const beginning = new Map<string, Promise<void>>();

  /** Rejects with RpcError. */
  function begin(chain: RunningChain): Promise<void> {
    const begun = switchOn(chain);
    beginning.set(chain.row.name, begun);
    return begun;
  }

  async function switchOn({ row: { name, instance }, call }: RunningChain): Promise<void> {
    const isNoted = store.chain(name)?.signingInstance === instance;
    // What the user has switched on stays on afterwards.
    if (!isNoted && (await signsForStrangers(call))) return;
    store.setSigning(name, instance);
    await call('anvil_autoImpersonateAccount', [true]);
  }

  /** Never rejects: what can't be put back now is put back by `reconcile`. */
  async function end({ row: { name, instance }, url }: RunningChain): Promise<boolean> {
    // A run can fail while it is still being switched on.
    await beginning.get(name)?.catch(() => undefined);
    beginning.delete(name);
    const marked = store.chain(name)?.signingInstance;
    if (!marked || marked !== instance) return false;
    try {
      await rpc(url, ANSWER_WITHIN_MS)('anvil_autoImpersonateAccount', [false]);
      store.setSigning(name, null);
      return true;
    } catch (error) {
      logger.warn({ chain: name, err: error }, 'the chain still signs for every address');
      return false;
    }
  }

  /** Puts back what a core that is gone has left. Returns what was done, a sentence each. */
  async function reconcile({ running }: RunningChains): Promise<string[]> {
    const done: string[] = [];
    for (const { name, signingInstance, instance } of store.chains()) {
      if (signingInstance === null || userOf(name)) continue;
      // A chain that was started anew signs for nothing but its own.
      if (signingInstance !== instance) store.setSigning(name, null);
      else {
        const chain = await running(name);
        if (!chain || !(await end(chain))) continue;
        // Another core may have begun a run in between.
        if (userOf(name)) await begin(chain);
        else done.push(`${name} signs for its own accounts only, as before the interrupted run.`);
      }
    }
    return done;
  }

  return { begin, end, reconcile };
}

export type SignForAll = ReturnType<typeof signForAll>;

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
