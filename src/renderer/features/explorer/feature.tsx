import { ArrowLeftRight } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { useInView } from '../../core/in-view.ts';
import { routes, transactionsPath } from '../../core/paths.ts';
import { useNetworks } from '../../core/queries/use-networks.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { ForgetMoved } from './forget-moved.tsx';

const AddressPage = lazyPart(async () => (await import('./address-page.tsx')).AddressPage);
const BlockPage = lazyPart(async () => (await import('./block-page.tsx')).BlockPage);
const BlocksPage = lazyPart(async () => (await import('./blocks-page.tsx')).BlocksPage);
const FindCommands = lazyPart(async () => (await import('./find-commands.tsx')).FindCommands);
const TransactionPage = lazyPart(
  async () => (await import('./transaction-page.tsx')).TransactionPage,
);
const TransactionsPage = lazyPart(
  async () => (await import('./transactions-page.tsx')).TransactionsPage,
);

const inside = () => [api.explorer.key()];

export const explorer: Feature = {
  name: 'explorer',
  pages: [
    {
      path: routes.transactions,
      Page({ params: { network = '' } }) {
        const name = decodeURIComponent(network);
        return <TransactionsPage key={name} network={name} />;
      },
    },
    {
      path: routes.transaction,
      Page: ({ params: { network = '', hash = '', tab } }) => (
        <TransactionPage key={hash} network={decodeURIComponent(network)} hash={hash} tab={tab} />
      ),
    },
    {
      path: routes.blocks,
      Page({ params: { network = '' } }) {
        const name = decodeURIComponent(network);
        return <BlocksPage key={name} network={name} />;
      },
    },
    {
      path: routes.block,
      Page: ({ params: { network = '', block = '' } }) => (
        <BlockPage key={block} network={decodeURIComponent(network)} block={block} />
      ),
    },
    {
      path: routes.address,
      Page: ({ params: { network = '', address = '' } }) => (
        <AddressPage key={address} network={decodeURIComponent(network)} address={address} />
      ),
    },
  ],
  places: [
    {
      title: 'Transactions',
      path: transactionsPath('local'),
      /** Of the chain in view. */
      usePath() {
        const { target } = useInView();
        const known = useNetworks().data?.some(({ name }) => name === target);
        return transactionsPath(known ? target : 'local');
      },
      pages: /^\/networks\/[^/]+\/(transactions|blocks|addresses)(\/|$)/,
      Icon: ArrowLeftRight,
      keywords: ['explorer', 'inside', 'blocks', 'trace'],
      sidebar: 'inside',
    },
  ],
  slots: {
    commands: [{ order: 5, Part: FindCommands }],
    background: [{ order: 20, Part: ForgetMoved }],
  },
  touches: {
    // What was taken back is gone from every page.
    snapshots: inside,
    networks: inside,
    // A contract has its name from the run that deployed it.
    deployments: inside,
    addressBook: inside,
    // Functions, events and errors have theirs from what compilers left, which is read later.
    artifacts: inside,
    contracts: inside,
    projects: inside,
  },
};
