import { randomBytes } from 'node:crypto';
import type { Engine } from '../../../engines/engine.ts';
import { isSecretUrl } from '../../../lib/secrets/secret-url.ts';
import { AppError, messageOf } from '../../../shared/errors.ts';
import type { ForwardedUpstream } from '../../../targets/chain/chain-gateway.ts';
import type { ChainsContext } from '../context.ts';
import { startWithoutDocker } from './engine-choice.ts';
import type { Upstream } from './upstream.ts';

/** Only the gateway can send them: anvil takes headers in its arguments alone, where others see them. */
const needsForwarding = ({ headers }: Upstream): boolean => Object.keys(headers).length > 0;

/**
 * Whether a key goes along, in a header or in the address: `anvil_nodeInfo` tells the address that
 * anvil was given to every program and page of this machine.
 */
export const isForwarded = (upstream: Upstream): boolean =>
  needsForwarding(upstream) || (isSecretUrl(upstream.url) && /^https?:/i.test(upstream.url));

/**
 * Has the gateway pass on what a chain's anvil asks of its upstream. Returns what is recorded of it,
 * and the address for anvil; null where that can't be had and isn't needed. Rejects with
 * RPC_UNREACHABLE, ENGINE_UNAVAILABLE.
 */
export async function forwardUpstream(
  { deps: { gateway, logger } }: ChainsContext,
  name: string,
  upstream: Upstream,
  engine: Engine,
): Promise<{ forwarded: ForwardedUpstream; forkUrl: string } | null> {
  const { url, headers } = upstream;
  const isNeeded = needsForwarding(upstream);
  const host = await engine.serviceHostAddress('chain', name);
  if (host === null && !isNeeded) return null;
  if (host === null) {
    throw new AppError(
      'RPC_UNREACHABLE',
      `The headers of what ${name} forks from are added on this machine, which a container of this Docker can't reach. Run ${name} without Docker.`,
      { fix: startWithoutDocker(name, 'Run without Docker') },
    );
  }
  const asked: ForwardedUpstream = {
    ...{ url, headers, path: randomBytes(32).toString('base64url') },
    listen: { host: host.listen, port: 0 },
  };
  const port = await gateway.forward(name, asked).catch((error: unknown) => {
    if (!isNeeded) {
      logger.warn({ chain: name, err: error }, 'its upstream is asked without the gateway');
      return null;
    }
    throw new AppError(
      'RPC_UNREACHABLE',
      `The headers of what ${name} forks from are added by the gateway, which can't do so: ${messageOf(error)} Look at it with "drydock gateway status", then start ${name} again.`,
      { fix: { label: 'Show the gateway', command: 'drydock gateway status' } },
    );
  });
  if (port === null) return null;
  return {
    forwarded: { ...asked, listen: { host: host.listen, port } },
    forkUrl: `http://${host.name}:${port}/${asked.path}`,
  };
}
