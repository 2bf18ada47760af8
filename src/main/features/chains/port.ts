import type { Engine } from '../../engines/engine.ts';
import { AppError, type Fix } from '../../shared/errors.ts';
import { firstChainPort } from '../../targets/chain/first-port.ts';
import type { ChainNetwork, Ports } from './context.ts';
import type { ChainRow } from './store.ts';

/** What a chain is called among those that hold ports. */
export const portOwner = (chain: string): string => `chain ${chain}`;

/** Address of a chain for everything but Drydock. */
export const publicUrl = (port: number): string => `http://127.0.0.1:${port}`;

/** Address of anvil itself, for Drydock and the tools that it runs. */
export const chainUrl = (port: number, backend: string | null): string =>
  backend ?? publicUrl(port);

/** The port asked for or had before must be free; only a first start may look for another. */
export async function choosePort(
  ports: Ports,
  network: ChainNetwork,
  row: ChainRow,
  asked: number | undefined,
  engine: Engine,
): Promise<number> {
  const owner = portOwner(network.name);
  const fixed = asked ?? row.port ?? undefined;
  if (fixed !== undefined) {
    const refused = await ports.take(owner, fixed);
    if (refused) throw await portTaken(ports, network.name, fixed, engine, refused.owner);
    return fixed;
  }
  if (network.port && !(await ports.take(owner, network.port))) return network.port;
  return ports.find(owner, network.port ?? firstChainPort());
}

/** PORT_TAKEN, with the next free one as the way out. `starting`: who is about to listen there. */
export async function portTaken(
  ports: Ports,
  name: string,
  port: number,
  engine: Engine,
  starting: string | null = null,
): Promise<AppError> {
  const holder = starting
    ? `the ${starting}, which is just starting`
    : await engine.portHolder(port);
  const free = await ports.suggest(portOwner(name), port + 1);
  return new AppError(
    'PORT_TAKEN',
    `Port ${port} is taken by ${holder ?? 'another program'}. Stop it, or start ${name} on another port.`,
    { field: 'port', fix: startOn(name, free) },
  );
}

/** CHAIN_START_FAILED: fetch, like every browser, refuses to talk to some ports at all. */
export async function portUnusable(
  ports: Ports,
  name: string,
  port: number,
  reason: string,
): Promise<AppError> {
  const free = await ports.suggest(portOwner(name), firstChainPort());
  return new AppError(
    'CHAIN_START_FAILED',
    `anvil for ${name} listens on port ${port}, but can't be talked to there: ${reason}. Start it on another port.`,
    { field: 'port', fix: startOn(name, free) },
  );
}

const startOn = (name: string, port: number): Fix => ({
  label: `Start on port ${port}`,
  command: `drydock chain start ${name} --port ${port}`,
  call: { procedure: 'chains.start', input: { chain: name, port } },
});
