import { ON_DEMAND } from '../../shared/mining.ts';
import { miningWords } from '../../shared/mining-words.ts';
import type { ChainsContext } from './context.ts';
import { mineAs, miningOf } from './mining.ts';
import { type RunSwitch, runSwitch } from './run-switch.ts';

/**
 * Has a chain mine on demand while a deployment has it: tools wait for the receipt of each
 * transaction, for ever on a chain that mines by hand. What was pending is mined with it. How another
 * program has it mine, which isn't chosen here, is left to that.
 */
export function mineForRun(context: ChainsContext): RunSwitch {
  const { controls } = context.deps.store;
  return runSwitch(context, {
    async on({ row: { name, instance }, call }) {
      if (controls.mining(name).mode === 'auto') return;
      const mining = await miningOf(call);
      if (mining.mode === 'auto' || instance === null) return;
      controls.setMiningBefore(name, { instance, mining });
      await mineAs(call, ON_DEMAND);
    },
    notedOf: (name) => controls.miningBefore(name)?.instance ?? null,
    async putBack(call, name) {
      const before = controls.miningBefore(name);
      if (before) await mineAs(call, before.mining);
    },
    forget: (name) => controls.setMiningBefore(name, null),
    left: 'the chain still mines on demand',
    done: (name) =>
      `${name} mines ${miningWords(controls.mining(name))} again, as before the interrupted run.`,
  });
}
