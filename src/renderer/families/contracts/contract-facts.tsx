import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { contractsOf } from '#main/shared/result.ts';
import { addressPath } from '../../core/paths.ts';
import { Fact } from '../../ui/facts.tsx';
import { count, shortHex } from '../../ui/format.ts';
import { HexLink } from '../../ui/hex-link.tsx';

/** A run's chain, its sender, and its cost. */
export function ContractFacts({ run }: { run: DeploymentDetail }) {
  const { chainId = null, sender = null, gasUsed = null } = contractsOf(run.summary) ?? {};
  return (
    <>
      <Fact name="Chain id">{chainId ?? '—'}</Fact>
      <Fact name="Gas used">{count(gasUsed)}</Fact>
      <Fact name="Sender">
        {sender === null ? (
          '—'
        ) : (
          <HexLink href={addressPath(run.target, sender)} value={sender} what="address">
            {shortHex(sender)}
          </HexLink>
        )}
      </Fact>
    </>
  );
}
