import type { Mining } from '../../../shared/mining.ts';
import type { ChainCalls } from '../calls.ts';
import type { ChainsContext } from '../context.ts';
import { mineAs } from '../mining.ts';
import type { PendingTransactions } from '../pending.ts';
import type { RunningChains } from '../running.ts';
import type { ChainSnapshots } from '../snapshots.ts';
import { accountChanges, accountReader } from './account.ts';
import { blockControls } from './blocks.ts';
import { dropFrom } from './pool.ts';
import { setOn } from './set-on.ts';

interface ControlsDependencies {
  chains: RunningChains;
  calls: ChainCalls;
  snapshots: ChainSnapshots;
  pending: PendingTransactions;
}

/** What can be set about chains. Every change rejects with CHAIN_BUSY while a deployment has it. */
export function chainControls(
  context: ChainsContext,
  { chains, calls, snapshots, pending }: ControlsDependencies,
) {
  const { store, changed } = context.deps;
  const set = setOn(context, calls);

  return {
    pending: pending.list,
    drop: dropFrom(set, pending),
    setAccount: accountChanges(context, chains, calls, snapshots),
    account: accountReader(chains, calls),
    ...blockControls(set),

    /** From now on; of a chain that is stopped, from its next start on. */
    async setMining(name: string, mining: Mining): Promise<void> {
      context.network(name);
      await context.change(name, async () => {
        const chain = await chains.running(name);
        if (chain) await calls.asked(name, () => mineAs(chain.call, mining));
        store.controls.setMining(name, mining);
      });
      changed({ topic: 'chains', key: name });
    },
  };
}
