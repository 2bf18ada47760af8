import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { contractsOf } from '#main/shared/result-parts.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { Fact } from '../../ui/facts.tsx';
import { count } from '../../ui/format.ts';

/** A run's chain, its sender, and its cost. */
export function ContractFacts({ run }: { run: DeploymentDetail }) {
  const { chainId = null, sender = null, gasUsed = null } = contractsOf(run.summary) ?? {};
  return (
    <>
      <Fact name="Chain id">{chainId ?? '—'}</Fact>
      <Fact name="Gas used">{count(gasUsed)}</Fact>
      <Fact name="Sender">
        {sender === null ? '—' : <AddressLink network={run.target} of={{ address: sender }} />}
      </Fact>
    </>
  );
}
