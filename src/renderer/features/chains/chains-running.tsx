import { useChains } from '../../core/queries/use-chains.ts';
import { useInfo } from '../../core/queries/use-info.ts';
import { plural } from '../../ui/format.ts';

/** The number of running chains, in the status bar. */
export function ChainsRunning() {
  const known = useInfo().data !== undefined;
  const chains = useChains().data ?? [];
  const up = chains.filter((chain) => chain.status === 'running').length;
  if (!known) return null;
  return <span>{up === 0 ? 'no chain running' : `${plural(up, 'chain')} running`}</span>;
}
