import { type Abi, getAddress } from 'viem';
import {
  type KnownArtifacts,
  NetworkNames,
  type RecordedName,
} from '../../eth/inside/network-names.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { nearest, type OwnUpstreams, rememberedUpstreams } from '../../eth/own-upstreams.ts';
import type { AddedStore } from './added-store.ts';
import type { ContractsStore } from './store.ts';

export interface NamesDependencies {
  store: Pick<ContractsStore, 'at'>;
  added: Pick<AddedStore, 'at'>;
  /** What the user calls addresses. */
  labels: { at(network: string, address: string): { label: string } | null };
  ownUpstreams: OwnUpstreams;
  /** `fresh` resolves when what compilers have left by now is known, of one project or of all. */
  artifacts: KnownArtifacts & { fresh(project?: number): Promise<void> };
}

/** What contracts on a network are called: by compilers, by the runs that deployed them, by the user. */
export function contractNamesOf({
  store,
  added,
  labels,
  ownUpstreams,
  artifacts,
}: NamesDependencies) {
  function recordedAt(upstreams: OwnUpstreams, network: string, at: string): RecordedName | null {
    const address = getAddress(at);
    const recorded = nearest(upstreams, network, (one, began) => store.at(one, address, began));
    const own = nearest(upstreams, network, (one) => added.at(one, address));
    if (!recorded && !own) return null;
    return {
      name: recorded?.name ?? own?.name ?? null,
      label: recorded?.label ?? own?.name ?? null,
      ...(recorded ? { project: recorded.deployment.project.id } : {}),
      ...(own ? { abi: JSON.parse(own.abi) as Abi } : {}),
    };
  }
  return {
    /** For one request. */
    namesOn(from: ReadNetwork): NetworkNames {
      const upstreams = rememberedUpstreams(ownUpstreams);
      return new NetworkNames(from, artifacts, {
        recordedAt: (network, address) => recordedAt(upstreams, network, address),
        labelAt: (network, address) =>
          nearest(upstreams, network, (one) => labels.at(one, getAddress(address)))?.label ?? null,
      });
    },
    fresh: (project?: number): Promise<void> => artifacts.fresh(project),
  };
}

export type ContractNames = ReturnType<typeof contractNamesOf>;
