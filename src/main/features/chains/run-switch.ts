import { type Rpc, rpc } from '../../eth/rpc.ts';
import type { ChainsContext } from './context.ts';
import type { RunningChain, RunningChains } from './running.ts';

/** A chain that stands still doesn't hold up the end of a run: what is left is put back later. */
const ANSWER_WITHIN_MS = 2000;

/** Something about a chain that is otherwise while a deployment has it. */
export interface Switch {
  /** Notes it with the chain's instance, and then switches, if it isn't so anyway. */
  on(chain: RunningChain): Promise<void>;
  /** The instance that is switched, as it is noted. */
  notedOf(chain: string): string | null;
  putBack(call: Rpc, chain: string): Promise<void>;
  forget(chain: string): void;
  /** What is logged when it can't be put back now. */
  left: string;
  /** A sentence for one that an interrupted run had left. */
  done(chain: string): string;
}

/**
 * Switches something for the time of a run, and puts back what the user had set, after a crash too:
 * it is noted before it is switched. A chain that was started anew has forgotten it, and so does the
 * note.
 */
export function runSwitch({ deps: { store, userOf, logger } }: ChainsContext, it: Switch) {
  const beginning = new Map<string, Promise<void>>();

  /** Rejects with RpcError. */
  function begin(chain: RunningChain): Promise<void> {
    const begun = it.on(chain);
    beginning.set(chain.row.name, begun);
    return begun;
  }

  /** Never rejects: what can't be put back now is put back by `reconcile`. */
  async function end({ row: { name, instance }, url }: RunningChain): Promise<boolean> {
    // A run can fail while it is still being switched on.
    await beginning.get(name)?.catch(() => undefined);
    beginning.delete(name);
    const noted = it.notedOf(name);
    if (!noted || noted !== instance) return false;
    try {
      await it.putBack(rpc(url, ANSWER_WITHIN_MS), name);
      it.forget(name);
      return true;
    } catch (error) {
      logger.warn({ chain: name, err: error }, it.left);
      return false;
    }
  }

  /** Puts back what a core that is gone has left. Returns what was done, a sentence each. */
  async function reconcile({ running }: RunningChains): Promise<string[]> {
    const done: string[] = [];
    for (const { name, instance } of store.chains()) {
      const noted = it.notedOf(name);
      if (noted === null || userOf(name)) continue;
      if (noted !== instance) it.forget(name);
      else {
        const chain = await running(name);
        if (!chain || !(await end(chain))) continue;
        // Another core may have begun a run in between.
        if (userOf(name)) await begin(chain);
        else done.push(it.done(name));
      }
    }
    return done;
  }

  return { begin, end, reconcile };
}

export type RunSwitch = ReturnType<typeof runSwitch>;
