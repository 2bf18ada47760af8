import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { routes } from '../../core/paths.ts';
import { ContractPage } from './contract-page.tsx';

const all = () => [api.contracts.key()];

export const contracts: Feature = {
  name: 'contracts',
  pages: [
    {
      path: routes.contract,
      Page: ({ params: { network = '', address = '', tab, function: chosen } }) => (
        <ContractPage
          key={`${network} ${address}`}
          network={decodeURIComponent(network)}
          address={address}
          tab={tab}
          chosen={chosen === undefined ? null : decodeURIComponent(chosen)}
        />
      ),
    },
  ],
  touches: {
    deployments: all,
    snapshots: all,
    networks: all,
    projects: all,
    chains: all,
    addressBook: all,
  },
};
