import type { Engine, Preparation } from '../../engines/engine.ts';
import type { Engines, OwnChoice } from '../../engines/engines.ts';
import { AppError } from '../../kit/errors.ts';
import type { Destination } from './target.ts';

interface Asked {
  network: string;
  project: { id: number; path: string; engine: OwnChoice };
  /** Of a keystore. */
  account?: string;
}

/**
 * Where a run goes, and how its network is reached from there. Beside its chain: from a container
 * nothing on this machine's loopback can be reached but what is in a container too. Notes whatever
 * differs from what the project has chosen. Throws RPC_UNREACHABLE when there is no way.
 */
export async function chooseEngine(
  engines: Engines,
  { network, project, account }: Asked,
  to: Destination,
  preparation: Required<Preparation>,
): Promise<{ engine: Engine; rpcUrl: string }> {
  const { note } = preparation;
  const own = project.engine;
  if (to.chain?.engine.name === 'process') {
    if ((await engines.preferred(own)) === 'docker') {
      note(
        `The chain ${network} runs without Docker, and so does this run. "drydock chain restart ${network} --engine docker" takes it there.`,
      );
    }
    return { engine: to.chain.engine, rpcUrl: to.url };
  }
  if (account !== undefined && (await engines.preferred(own)) === 'docker') {
    note('Keystores are not given to containers, so the run goes without Docker.');
    return { engine: engines.get('process'), rpcUrl: to.url };
  }
  const engine = await engines.choose(preparation, own, project);
  if (to.chain && engine.name === 'process') {
    note(`The chain ${network} runs in Docker, this run without.`);
  }
  const rpcUrl = await engine.reach(to.url);
  if (rpcUrl !== null) return { engine, rpcUrl };
  const other = engines.instead(engine, own);
  if (other) {
    note(`${network} listens on this machine alone, so the run goes without Docker.`);
    return { engine: other, rpcUrl: to.url };
  }
  throw new AppError(
    'RPC_UNREACHABLE',
    `A container can't reach ${network}: it listens on this machine alone. Let it listen on 0.0.0.0, or run without Docker.`,
  );
}
