import type { Db } from '../db/open.ts';
import type { ResultFamily } from '../shared/kind.ts';
import type { Result, Summary } from '../shared/result.ts';
import { summaryOf } from '../shared/result-parts.ts';
import { type ContractsStore, contractsStore } from './contracts/store.ts';
import type { ResultStore } from './result-store.ts';
import { servicesStore } from './services/store.ts';

/** Results of every family, each kept where its family keeps them. */
export interface Results {
  readonly contracts: ContractsStore;
  /** Returns the summary. To be called within a transaction. See `ResultStore.put`. */
  put(deployment: number, whole: Result, news: Result): Summary;
  read(deployment: number, family: ResultFamily, summary: Summary | null): Result | null;
}

export function resultsOf(db: Db): Results {
  const contracts = contractsStore(db);
  const families: {
    [family in Result['family']]: ResultStore<Extract<Result, { family: family }>>;
  } = {
    contracts,
    services: servicesStore(db),
  };
  return {
    contracts,
    put(deployment, whole, news) {
      const family: ResultStore<Result> = families[whole.family];
      family.put(deployment, whole, news);
      return summaryOf(whole);
    },
    read(deployment, family, summary) {
      return family in families
        ? families[family as Result['family']].read(deployment, summary)
        : null;
    },
  };
}
