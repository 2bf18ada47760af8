import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { contractsOf, contractsResultOf, countsOf } from '#main/shared/result-parts.ts';

/** The result of a run on a chain, complete and in short. */
export function made({ result, summary }: Pick<DeploymentDetail, 'result' | 'summary'>) {
  const { contracts = [], transactions = [] } = contractsResultOf(result) ?? {};
  const nothing = { chainId: null, sender: null, contractCount: 0, gasUsed: null };
  return {
    ...(contractsOf(summary) ?? { ...nothing, transactionCounts: countsOf([]) }),
    contracts,
    transactions,
  };
}
