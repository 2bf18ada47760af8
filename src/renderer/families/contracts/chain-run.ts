import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { contractsResultOf } from '#main/shared/result-parts.ts';

/** The result of a run on a chain. */
export function resultOf({ result }: Pick<DeploymentDetail, 'result'>) {
  const { contracts = [], transactions = [], source = null } = contractsResultOf(result) ?? {};
  return { contracts, transactions, source };
}
