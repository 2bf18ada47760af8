import { useRoute } from 'wouter';
import { usePanels } from './panels-state.ts';

/** Whether the chain stands at the right: where it is wanted, but not beside its own page. */
export function useChainPanel(): boolean {
  const [onChainPage] = useRoute('/chains/:name');
  return usePanels((state) => state.chain) && !onChainPage;
}
