import { getAddress } from 'viem';
import { nearest, type OwnUpstreams, rememberedUpstreams } from '../../eth/own-upstreams.ts';
import type { LiveContract } from './contract/listed.ts';
import type { ContractsStore } from './store.ts';

type ListedContract = LiveContract & { upstream: string | null };

interface Listed {
  contracts: ListedContract[];
  /** Of all that match, also beyond the limit. */
  total: number;
}

interface Asked {
  project: number | undefined;
  target: string | undefined;
  limit: number;
}

/** More than a list can be looked through by a person. */
const MOST_OF_UPSTREAM = 10_000;

/** Live contracts, and of a fork of a chain of Drydock those that it began with. */
export function listedContracts(
  { store, ownUpstreams }: { store: ContractsStore; ownUpstreams: OwnUpstreams },
  { project, target, limit }: Asked,
): Listed {
  const own = store.live({ project, target }, limit);
  const upstreams = rememberedUpstreams(ownUpstreams);
  /** What stands at an address of the fork is what it was called last. */
  const isStanding = (network: string, { address, deployment }: LiveContract) =>
    nearest(upstreams, network, (one, began) => store.at(one, getAddress(address), began))
      ?.deployment.id === deployment.id;
  const inherited = (target === undefined ? [] : upstreams(target)).flatMap((upstream) =>
    store
      .live({ project, target: upstream.network }, MOST_OF_UPSTREAM, upstream)
      .filter((one) => target !== undefined && isStanding(target, one))
      .map((one) => ({ ...one, upstream: upstream.network })),
  );
  return {
    contracts: [...own.map((one) => ({ ...one, upstream: null })), ...inherited].slice(0, limit),
    total: store.count({ project, target }) + inherited.length,
  };
}
