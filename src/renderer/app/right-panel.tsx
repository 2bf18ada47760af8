import { useQuery } from '@tanstack/react-query';
import { api } from '../client.ts';
import { ChainPanel } from '../features/chains/chain-panel.tsx';
import { RemotePanel } from '../features/networks/remote-panel.tsx';

/** The network that the page is about. */
export function RightPanel({ network }: { network: string }) {
  const networks = useQuery(api.networks.list.queryOptions()).data;
  const known = networks?.find(({ name }) => name === network);
  return (
    <aside
      aria-label="Chain"
      data-selectable
      className="w-[300px] shrink-0 overflow-y-auto border-l border-line bg-panel p-3.5 max-xl:w-[264px]"
    >
      {known?.kind === 'remote' ? (
        <RemotePanel network={known} />
      ) : (
        <ChainPanel key={network} name={network} />
      )}
    </aside>
  );
}
