import type { NetworkName } from './chain-target.ts';
import type { ChainAt } from './other-chains.ts';

export interface ChainFinderDependencies {
  /** All networks, with the chain ids that they report. */
  networks: () => { name: string; kind: NetworkName['kind']; chainId: number | null }[];
  /** Its real address. */
  find: (name: string) => { url: string | null };
  /** Address of the running chain of a network; null when it isn't running. */
  chainUrl: (name: string) => Promise<string | null>;
  /** The same for users' programs. */
  publicUrl: (name: string) => Promise<string | null>;
}

const LOCAL = /^(127\.0\.0\.1|host\.docker\.internal|172\.\d+\.\d+\.\d+):(\d+)$/;

/**
 * Finds the network that a tool used through an address of its own: a Drydock chain by its port on
 * this machine, a remote one by its id, which means the same chain everywhere.
 */
export function chainFinder({
  networks,
  find,
  chainUrl,
  publicUrl,
}: ChainFinderDependencies): ChainAt {
  return async (chainId, host) => {
    const port = LOCAL.exec(host)?.[2];
    for (const { name, kind, chainId: served } of networks()) {
      // The record already names the network.
      const isNamed = name === host;
      if (kind === 'remote') {
        const { url } = find(name);
        const isIt = isNamed || (served === chainId && port === undefined);
        if (url && isIt) return { name, url, isOwn: false };
      } else if (isNamed || port !== undefined) {
        const [url, known] = [await chainUrl(name), await publicUrl(name)];
        const isIt = [url, known].some((one) => one && new URL(one).port === port);
        if (url && (isNamed || isIt)) return { name, url, isOwn: true };
      }
    }
    return null;
  };
}
