import type { RunRef } from '../../engines/engine.ts';
import { accountSigner } from '../../eth/account-signer.ts';
import { miningWords } from '../../shared/mining-words.ts';
import type { HeldChain, HoldChain } from '../../targets/chain/held-chain.ts';
import type { ChainCalls } from './calls.ts';
import type { ChainsContext } from './context.ts';
import type { ChainLifecycle } from './lifecycle.ts';
import { publicUrl } from './port.ts';
import type { RunSwitch } from './run-switch.ts';
import type { RunningChains } from './running.ts';
import type { AutomaticSnapshot, ChainSnapshots } from './snapshots.ts';

/** How often a held chain's process is looked at. */
const LOOK_EVERY_MS = 200;

interface LeaseDependencies {
  chains: RunningChains;
  lifecycle: ChainLifecycle;
  calls: ChainCalls;
  snapshots: ChainSnapshots;
  signing: RunSwitch;
  mining: RunSwitch;
}

/** How a deployment has a chain to itself. */
export function chainLease(context: ChainsContext, deps: LeaseDependencies): HoldChain {
  const { chains, lifecycle, calls, snapshots, signing, mining } = deps;
  const { store, creations, engines, changed } = context.deps;
  const { asked } = calls;

  return async (name, preparation, rather) => {
    const release = await context.hold(name);
    try {
      return await hold();
    } catch (error) {
      release();
      throw error;
    }

    async function hold(): Promise<HeldChain> {
      const before = await chains.running(name);
      const startedNow = before === undefined;
      if (startedNow) await asked(name, () => lifecycle.start(name, {}, { preparation, rather }));
      const chain = before ?? (await chains.requireRunning(name));
      const chosen = store.controls.mining(name);
      const taking: Promise<AutomaticSnapshot>[] = [];
      return {
        url: chain.url,
        publicUrl: publicUrl(chain.row.port as number),
        engine: engines.of(chain.row.process as RunRef),
        chainId: chain.row.chainId,
        codeSizeLimit: chain.row.codeSizeLimit,
        startedNow,
        mines: chosen.mode === 'auto' ? null : miningWords(chosen),
        snapshot(label, deployment) {
          const snapshot = asked(name, () => snapshots.automatic(chain, label, deployment));
          taking.push(snapshot);
          return snapshot;
        },
        mineOnDemand: () => asked(name, () => mining.begin(chain)),
        signForAll: () => asked(name, () => signing.begin(chain)),
        accounts: () => creations.devAddresses(name),
        keyOf: (account) => creations.keyOf(name, account),
        signs: creations.isWithoutKeys(name)
          ? accountSigner({
              chainId: chain.row.chainId,
              keyOf: (account) => creations.keyOf(name, account),
            })
          : {},
        isRunning,
        onEnd,
        async [Symbol.asyncDispose]() {
          // A run can fail while its snapshot is still being taken.
          const withdrawn = taking.map((taken) => taken.then((it) => it.withdrawIfStill()));
          await Promise.allSettled([...withdrawn, signing.end(chain)]);
          // Not sooner: a block that comes now would keep the snapshot of a run that sent nothing.
          await mining.end(chain);
          release();
          changed({ topic: 'chains', key: name });
        },
      };
    }

    async function isRunning(): Promise<boolean> {
      return (await chains.running(name)) !== undefined;
    }

    function onEnd(listener: () => void): () => void {
      let looking = false;
      const timer = setInterval(async () => {
        if (looking) return;
        looking = true;
        const runs = await isRunning().finally(() => {
          looking = false;
        });
        if (runs) return;
        clearInterval(timer);
        listener();
      }, LOOK_EVERY_MS);
      return () => clearInterval(timer);
    }
  };
}
