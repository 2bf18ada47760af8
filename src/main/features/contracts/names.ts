import { type Abi, getAddress } from 'viem';
import {
  type KnownArtifacts,
  NetworkNames,
  type RecordedName,
} from '../../eth/inside/network-names.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { AddedStore } from './added-store.ts';
import type { ContractsStore } from './store.ts';

export interface NamesDependencies {
  store: Pick<ContractsStore, 'at'>;
  added: Pick<AddedStore, 'at'>;
  /** What the user calls addresses. */
  labels: { at(network: string, address: string): { label: string } | null };
  /** `fresh` resolves when what compilers have left by now is known, of one project or of all. */
  artifacts: KnownArtifacts & { fresh(project?: number): Promise<void> };
}

/** What contracts on a network are called: by compilers, by the runs that deployed them, by the user. */
export function contractNamesOf({ store, added, labels, artifacts }: NamesDependencies) {
  const labelAt = (network: string, address: string): string | null =>
    labels.at(network, getAddress(address))?.label ?? null;

  function recordedAt(network: string, at: string): RecordedName | null {
    const address = getAddress(at);
    const recorded = store.at(network, address);
    const own = added.at(network, address);
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
    namesOn: (from: ReadNetwork): NetworkNames =>
      new NetworkNames(from, artifacts, { recordedAt, labelAt }),
    fresh: (project?: number): Promise<void> => artifacts.fresh(project),
  };
}

export type ContractNames = ReturnType<typeof contractNamesOf>;
