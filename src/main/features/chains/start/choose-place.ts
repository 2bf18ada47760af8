import type { Engine, PrivatePlace } from '../../../engines/engine.ts';
import type { ChainNetwork, ChainsContext } from '../context.ts';
import { choosePort, publicUrl } from '../port.ts';
import type { ChainRow } from '../store.ts';

/** Where anvil listens, and the port of 127.0.0.1 that its chain is known by. */
export interface ChainPlace extends PrivatePlace {
  port: number;
  /** The gateway has the port. */
  isBehind: boolean;
}

interface Asked {
  network: ChainNetwork;
  row: ChainRow;
  engine: Engine;
  /** The port. */
  asked: number | undefined;
  /** Whether the chain is to be behind the gateway. */
  gateway: 'on' | 'off';
}

/**
 * Behind the gateway if that is wanted and can be had; otherwise anvil has the chain's port. Throws
 * PORT_TAKEN, ENGINE_UNAVAILABLE.
 */
export async function choosePlace(
  { deps: { ports, gateway, logger } }: ChainsContext,
  { network, row, engine, asked, gateway: chosen }: Asked,
): Promise<ChainPlace> {
  const { name } = network;
  const found = chosen === 'on' ? await gateway.begin() : { is: 'off' as const };
  const isBehind = found.is === 'ready';
  if (found.is === 'missing') {
    logger.warn({ chain: name, problem: found.problem }, 'the chain starts without the gateway');
  }
  const fixed = asked ?? row.port;
  const isHeld = fixed !== null && (await gateway.holds(name, fixed));
  if (isHeld && !isBehind) await gateway.leave(name);
  const port = isHeld && isBehind ? fixed : await choosePort(ports, network, row, asked, engine);
  if (isBehind) return { ...(await engine.privatePlace(port)), port, isBehind };
  return {
    ...{ port, isBehind, listen: { host: engine.listenHost, port } },
    ports: [{ port, host: port }],
    addressOf: async () => publicUrl(port),
  };
}
