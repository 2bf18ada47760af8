import type { InView } from '../../core/feature/slots.ts';
import { useChains } from '../../core/queries/use-chains.ts';
import { isUp } from '../../core/words/chain-words.ts';
import { useChainWatch } from './use-chain-watch.ts';

function Watcher({ name }: { name: string }) {
  useChainWatch(name);
  return null;
}

/** Watches every running chain, and the one in view. Mounted once. */
export function ChainWatchers({ target }: InView) {
  const chains = useChains().data ?? [];
  return chains
    .filter((chain) => isUp(chain) || chain.name === target)
    .map((chain) => <Watcher key={chain.name} name={chain.name} />);
}
