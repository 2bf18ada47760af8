import { freePort } from '#test/harness/ports.ts';
import { wrongOnChain } from './chain-checks.ts';
import type { Crashable } from './frame.ts';
import type { FindLeftovers } from './leftovers.ts';
import { checkSnapshots } from './snapshot-checks.ts';

interface FoundryEngine {
  name: Crashable['engine'];
  /** Where its daemon is. */
  env?: Record<string, string>;
  withinMs: number;
  leftovers: FindLeftovers;
  /** Takes away what the next run then has to make. */
  bare?: (home: string) => Promise<void>;
}

/**
 * Up to three runs of a script that sends many transactions, or of a contract without a script, on a
 * chain that is stopped now and then.
 *
 * @param folder a project with that script, compiled already, so that a round is short
 */
export function foundryRounds(
  { name: engine, env, withinMs, leftovers, bare }: FoundryEngine,
  folder: string,
  home: string,
): Crashable {
  const script = { script: 'script/Many.s.sol', sig: 'run(uint256)', args: ['40'] };
  const contract = { script: 'src/Gate.sol:Gate' };
  let project: number;
  return {
    ...{ kind: 'foundry', engine, env, withinMs, settlesWithinMs: 0, leftovers },
    async prepare({ client }) {
      ({ id: project } = await client.projects.add({ path: folder }));
      // Of its own, so that no other test on this machine is in the way of a restart.
      const port = await freePort();
      await client.networks.save({ name: 'local', kind: 'local', port });
    },
    async act({ client }, random) {
      if (random() < 0.25) await client.chains.stop({ chain: 'local' });
      if (random() < 0.25) await bare?.(home);
      return Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
        const input = random() < 0.3 ? contract : script;
        return client.deployments.start({ project, target: 'local', input }).catch(() => undefined);
      });
    },
    wrong: (core, crashes) => wrongOnChain(core, home, crashes),
    afterwards: (core) => checkSnapshots(core, home),
    async letGo({ client }) {
      await client.chains.stop({ chain: 'local' });
      await client.projects.remove({ project });
    },
  };
}
