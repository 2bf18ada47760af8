import { useRoute } from 'wouter';
import { overviewPath, routes } from '../core/paths.ts';
import { useNetworks } from '../core/queries/use-networks.ts';
import { useProjects } from '../core/queries/use-projects.ts';
import { usePanels } from './panels-state.ts';

/**
 * Whether the chain panel is shown at the right: when it is wanted and there is a chain, but not on
 * the chain's own page, nor on that of a contract, whose events take its place, nor on the overview
 * once it has projects and lists all chains.
 */
export function useChainPanel(target: string): boolean {
  const [onChainPage] = useRoute(routes.chain);
  const [onOverview] = useRoute(overviewPath);
  const [onContractPage] = useRoute(routes.contract);
  const hasProjects = useProjects().data?.length !== 0;
  const networks = useNetworks().data;
  const isNetwork = !networks || networks.some(({ name }) => name === target);
  const isListed = onOverview && hasProjects;
  return (
    usePanels((state) => state.chain) && isNetwork && !onChainPage && !onContractPage && !isListed
  );
}
