import type { LiveContracts, LiveContractsInput } from './contract.ts';
import type { ContractsStore } from './store.ts';

export interface ContractsDependencies {
  store: ContractsStore;
  /** Throws PROJECT_NOT_FOUND. */
  project: (ref: string | number) => { id: number };
}

export function contractsService({ store, project: find }: ContractsDependencies) {
  return {
    live({ project, target, limit }: LiveContractsInput): LiveContracts {
      const filter = { project: project === undefined ? undefined : find(project).id, target };
      return { contracts: store.live(filter, limit), total: store.count(filter) };
    },
  };
}

export type ContractsService = ReturnType<typeof contractsService>;
