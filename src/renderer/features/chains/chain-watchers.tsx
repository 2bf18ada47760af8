import { useChains } from './use-chain.ts';
import { useChainWatch } from './use-chain-watch.ts';

function Watcher({ name }: { name: string }) {
  useChainWatch(name);
  return null;
}

/** Watches every running chain, and the one in view. Mounted once. */
export function ChainWatchers({ inView }: { inView: string | null }) {
  const chains = useChains().data ?? [];
  return chains
    .filter((chain) => chain.status === 'running' || chain.name === inView)
    .map((chain) => <Watcher key={chain.name} name={chain.name} />);
}
