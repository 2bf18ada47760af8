import { getAddress } from 'viem';
import { type KnownArtifacts, NetworkNames } from '../../eth/inside/network-names.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { ContractsStore } from './store.ts';

export interface NamesDependencies {
  store: Pick<ContractsStore, 'at'>;
  /** `fresh` resolves when what compilers have left by now is known, of one project or of all. */
  artifacts: KnownArtifacts & { fresh(project?: number): Promise<void> };
}

/** What contracts on a network are called: by compilers, by the runs that deployed them. */
export function contractNamesOf({ store, artifacts }: NamesDependencies) {
  const recordedAt = (network: string, at: string) => {
    const recorded = store.at(network, getAddress(at));
    return recorded && { ...recorded, project: recorded.deployment.project.id };
  };
  return {
    /** For one request. */
    namesOn: (from: ReadNetwork): NetworkNames => new NetworkNames(from, artifacts, recordedAt),
    fresh: (project?: number): Promise<void> => artifacts.fresh(project),
  };
}

export type ContractNames = ReturnType<typeof contractNamesOf>;
