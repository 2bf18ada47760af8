import { openUpstream, sealUpstream } from '../../../targets/chain/sealed-upstream.ts';
import type { ChainsContext } from '../context.ts';

/**
 * Has a fork that runs use the headers that its network has now. Its address stays the one that it
 * was started with; headers that were entered for another server wait for its next start.
 */
export function headersInUse(context: ChainsContext) {
  const { store, seal, gateway, networks, logger } = context.deps;
  return async (name: string): Promise<void> => {
    const sealed = store.chain(name)?.sealedUpstream ?? null;
    const network = networks().find((one) => one.name === name);
    if (sealed === null || !network?.url || network.headersProblem !== undefined) return;
    const running = openUpstream(seal, sealed);
    if (!running || new URL(running.url).origin !== new URL(network.url).origin) return;
    const changed = { ...running, headers: network.headers };
    store.setUpstream(name, sealed, sealUpstream(seal, changed));
    await gateway.forward(name, changed).catch((error: unknown) => {
      logger.warn({ chain: name, err: error }, 'the gateway does not know its headers yet');
    });
  };
}
