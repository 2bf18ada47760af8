import { useCallback } from 'react';
import { useLocation } from 'wouter';
import type { Deployment } from '#main/features/deployments/contract.ts';
import { deploymentPath, projectPath } from '../../../core/paths.ts';
import { toast } from '../../../ui/toast.ts';
import { showBegun } from './show-begun.ts';

/**
 * Shows a run that was started from another one: on that one's page it navigates; on the project's
 * page the run is shown anyway; anywhere else a notice links to it.
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
