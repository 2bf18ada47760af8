import type { ComponentType, ReactNode } from 'react';
import type { ResultDiff, ResultFormat } from '#main/families/contract.ts';
import type { Deployment, DeploymentDetail } from '#main/features/deployments/contract.ts';
import type { ResultFamily } from '#main/shared/kind.ts';

/** How one family of results is shown. */
export interface Family {
  id: ResultFamily;
  /** What is in place now, on its project's page. */
  tab: {
    id: string;
    label: string;
    Count: ComponentType<{ project: number }>;
    Tab: ComponentType<{ project: number }>;
  };
  /** What came out of a run. */
  title: string;
  Result: ComponentType<{ run: DeploymentDetail }>;
  /** Beside its title. */
  Aside?: ComponentType<{ run: DeploymentDetail }>;
  /** Facts beyond the run itself. */
  Facts?: ComponentType<{ run: DeploymentDetail }>;
  /** The differences between the results of two runs. */
  Diff: ComponentType<{ diff: ResultDiff }>;
  /** The export formats, besides the whole as JSON. */
  exports: readonly { format: ResultFormat; label: string; icon: ReactNode }[];
  /** Where the result is, e.g. `on the chain`. */
  place: string;
  /** Why it is no longer there, e.g. `it was reverted`. */
  gone: string;
  /** The progress of a run towards its plan; null: unknown. */
  progress?(run: DeploymentDetail): { done: number; total: number } | null;
  /** The headline of a successful run, e.g. `Deployed 2 contracts`. */
  outcome(run: DeploymentDetail): string;
  /** What an unfinished run did, after a ` · `; empty: nothing to report. */
  reached(run: DeploymentDetail): string;
  /** The page that shows why a run failed, when there is one; null: none. */
  failurePage?(run: DeploymentDetail): { label: string; path: string } | null;
  /** Where in the code a run failed, as far as it can be told. */
  FailedAt?: ComponentType<{ run: DeploymentDetail }>;
  /** In lists: the size of the result. */
  made?(run: Pick<Deployment, 'summary'>): string;
  /** In lists: the gas used, or another cost. */
  cost?(run: Pick<Deployment, 'summary'>): string | null;
}
