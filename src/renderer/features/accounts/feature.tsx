import { Users } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { useInView } from '../../core/in-view.ts';
import { accountsPath, routes } from '../../core/paths.ts';
import { useNetworks } from '../../core/queries/use-networks.ts';
import { laterPart, lazyPart } from '../../ui/lazy-part.tsx';
import { AccountList } from './account-list.tsx';

const AccountCommands = lazyPart(
  async () => (await import('./account-commands.tsx')).AccountCommands,
);
const AccountDialogs = laterPart(
  async () => (await import('./account-dialogs.tsx')).AccountDialogs,
);
const AccountsPage = lazyPart(async () => (await import('./accounts-page.tsx')).AccountsPage);

const all = () => [api.accounts.key()];

export const accounts: Feature = {
  name: 'accounts',
  pages: [
    {
      path: routes.accounts,
      Page({ params: { network = '' } }) {
        const name = decodeURIComponent(network);
        return <AccountsPage key={name} network={name} />;
      },
    },
  ],
  places: [
    {
      title: 'Accounts',
      path: accountsPath('local'),
      /** Of the network in view. */
      usePath() {
        const { target } = useInView();
        const known = useNetworks().data?.some(({ name }) => name === target);
        return accountsPath(known ? target : 'local');
      },
      pages: /^\/networks\/[^/]+\/accounts$/,
      Icon: Users,
      keywords: ['keys', 'balances', 'tokens', 'impersonate', 'watch', 'deal'],
      sidebar: 'inside',
    },
  ],
  slots: {
    commands: [{ order: 22, Part: AccountCommands }],
    overlays: [{ order: 20, Part: AccountDialogs }],
    'chain.sections': [{ order: 10, Part: AccountList }],
  },
  touches: {
    ...{ accounts: all, chains: all, snapshots: all, networks: all },
    ...{ deployments: all, contracts: all, artifacts: all, addressBook: all },
  },
};
