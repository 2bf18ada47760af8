import { useCallback } from 'react';
import { toast } from 'sonner';
import { useLocation } from 'wouter';
import type { Deployment } from '#main/features/deployments/contract.ts';
import { projectPath } from '../projects/project-path.ts';
import { deploymentPath } from './deployment-path.ts';
import { showBegun } from './show-begun.ts';

/**
 * Leads to a run that came out of another one: from that one's page to its own; on the project's
 * page it shows by itself; anywhere else a notice leads there.
 */
export function useBegun(): (run: Deployment) => void {
  const [location, navigate] = useLocation();
  return useCallback(
    (run) => {
      showBegun(run);
      const path = deploymentPath(run.id);
      if (location.startsWith('/deployments/')) {
        navigate(path);
      } else if (location !== projectPath(run.project.id)) {
        toast.success(`${run.project.name} #${run.number} is on its way`, {
          action: { label: 'Show', onClick: () => navigate(path) },
        });
      }
    },
    [location, navigate],
  );
}
