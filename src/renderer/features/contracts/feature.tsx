import { FileBox } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { contractsPath, routes } from '../../core/paths.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

const ContractPage = lazyPart(async () => (await import('./contract-page.tsx')).ContractPage);
const ContractsPage = lazyPart(
  async () => (await import('./list/contracts-page.tsx')).ContractsPage,
);
const EditAndResend = lazyPart(
  async () => (await import('./resend/edit-and-resend.tsx')).EditAndResend,
);
const EditCommand = lazyPart(async () => (await import('./resend/edit-command.tsx')).EditCommand);

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
      pages: /^\/(contracts(\/|$)|networks\/[^/]+\/upgrades\/)/,
      Icon: FileBox,
      keywords: ['abi', 'read', 'write', 'call', 'inside'],
      sidebar: 'inside',
    },
  ],
  slots: {
    commands: [{ order: 3, Part: EditCommand }],
    'transaction.actions': [{ order: 20, Part: EditAndResend }],
  },
  touches: {
    ...{ contracts: all, artifacts: all, deployments: all, snapshots: all },
    ...{ networks: all, projects: all, chains: all, addressBook: all, savedCalls: all },
  },
};
