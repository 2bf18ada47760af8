import type { Engine, HostAddress, Preparation, WorkspaceProject } from '../../engines/engine.ts';
import type { Engines, OwnChoice } from '../../engines/engines.ts';
import { AppError } from '../../shared/errors.ts';
import type { Destination } from './destination.ts';

interface Asked {
  network: string;
  project: WorkspaceProject & { engine: OwnChoice };
  hasKeystore: boolean;
  records: boolean;
}

/** Where a run goes. */
export interface RunPlace {
  engine: Engine;
  /** Its network, as its commands reach it. */
  rpcUrl: string;
  /** How they reach this process; null: they can't, and have not asked to. */
  host: HostAddress | null;
}

/**
 * Chooses where a run goes, and how it reaches its network: with the chain, because a container can
 * reach nothing on this machine's loopback except what is in a container too. Notes any difference
 * from the project's choice. Throws RPC_UNREACHABLE when there is no way.
 */
export async function chooseEngine(
  engines: Engines,
  { network, project, hasKeystore, records }: Asked,
  to: Destination,
  preparation: Required<Preparation>,
): Promise<RunPlace> {
  const { note } = preparation;
  const own = project.engine;
  if (to.chain?.engine.name === 'process') {
    if ((await engines.preferred(own)) === 'docker') {
      note(
        `The chain ${network} runs without Docker, and so does this run. "drydock chain restart ${network} --engine docker" takes it there.`,
      );
    }
    return placeOn(to.chain.engine, to.url, records);
  }
  if (hasKeystore && (await engines.preferred(own)) === 'docker') {
    note('Keystores are not given to containers. The run goes without Docker.');
    return placeOn(engines.get('process'), to.url, records);
  }
  const engine = await engines.choose(preparation, own, project);
  if (to.chain && engine.name === 'process') {
    note(`The chain ${network} runs in Docker, this run without.`);
  }
  const rpcUrl = await engine.reach(to.url);
  const other = engines.instead(engine, own);
  if (rpcUrl === null) {
    if (!other) {
      throw new AppError(
        'RPC_UNREACHABLE',
        `A container can't reach ${network}: it listens on this machine alone. Let it listen on 0.0.0.0, or run without Docker.`,
      );
    }
    note(`${network} listens on this machine alone, so the run goes without Docker.`);
    return placeOn(other, to.url, records);
  }
  const place = await placeOn(engine, rpcUrl, records);
  if (!records || place.host) return place;
  if (!other) {
    throw new AppError(
      'RPC_UNREACHABLE',
      "What a run of this project sends goes through Drydock, and containers of a rootless Docker can't reach it. Run without Docker.",
    );
  }
  note("Containers of this Docker can't reach Drydock, so the run goes without Docker.");
  return placeOn(other, to.url, records);
}

const placeOn = async (engine: Engine, rpcUrl: string, records: boolean): Promise<RunPlace> => ({
  engine,
  rpcUrl,
  host: records ? await engine.hostAddress(rpcUrl) : null,
});
