import { freePort } from '#test/harness/ports.ts';
import { wrongOnChain } from './chain-checks.ts';
import type { Crashable } from './frame.ts';
import { processLeftovers } from './leftovers.ts';

/** Up to three runs of the made-up kind, of one transaction each. */
export function letterRounds(program: string, folder: string, home: string): Crashable {
  let project: number;
  return {
    ...{ kind: 'letter', engine: 'process', program: [program], withinMs: 900 },
    ...{ settlesWithinMs: 0, leftovers: processLeftovers },
    async prepare({ client }) {
      ({ id: project } = await client.projects.add({ path: folder }));
      const port = await freePort();
      await client.networks.save({ name: 'local', kind: 'local', port });
    },
    async act({ client }, random) {
      if (random() < 0.25) await client.chains.stop({ chain: 'local' });
      return Array.from({ length: 1 + Math.floor(random() * 3) }, (_, index) =>
        client.deployments
          .start({ project, target: 'local', input: { text: `letter ${index}` } })
          .catch(() => undefined),
      );
    },
    wrong: (core, crashes) => wrongOnChain(core, home, crashes),
    async letGo({ client }) {
      await client.chains.stop({ chain: 'local' });
      await client.projects.remove({ project });
    },
  };
}
