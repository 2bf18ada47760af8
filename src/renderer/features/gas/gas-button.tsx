import { Fuel } from 'lucide-react';
import { useLocation } from 'wouter';
import type { Deployment } from '#main/features/deployments/contract.ts';
import { isFinal } from '#main/shared/final.ts';
import { deploymentGasPath } from '../../core/paths.ts';
import { Button } from '../../ui/button.tsx';

/** Leads from a deployment to the gas of what it has sent. */
export function GasButton({ run }: { run: Deployment }) {
  const [, navigate] = useLocation();
  if (run.family !== 'contracts' || !isFinal(run.status)) return null;
  return (
    <Button
      icon={<Fuel aria-hidden="true" size={14} />}
      title="The gas of its calls by contract and function"
      onClick={() => navigate(deploymentGasPath(run.id))}
    >
      Gas
    </Button>
  );
}
