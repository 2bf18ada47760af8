import { FileBox } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { contractsPath, routes } from '../../core/paths.ts';
import { ContractPage } from './contract-page.tsx';
import { FindContractCommands } from './find-contract-commands.tsx';
import { ContractsPage } from './list/contracts-page.tsx';

const all = () => [api.contracts.key()];

export const contracts: Feature = {
  name: 'contracts',
  pages: [
    { path: contractsPath, Page: ContractsPage },
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
  places: [
    {
      title: 'Contracts',
      path: contractsPath,
      pages: /^\/contracts(\/|$)/,
      Icon: FileBox,
      keywords: ['abi', 'read', 'write', 'call', 'inside'],
      sidebar: 'inside',
    },
  ],
  slots: { commands: [{ order: 6, Part: FindContractCommands }] },
  touches: {
    ...{ contracts: all, deployments: all, snapshots: all },
    ...{ networks: all, projects: all, chains: all, addressBook: all, savedCalls: all },
  },
};
