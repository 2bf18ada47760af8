import { Fuel } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { useInView } from '../../core/in-view.ts';
import { networkGasPath, routes } from '../../core/paths.ts';
import { useNetworks } from '../../core/queries/use-networks.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

const DeploymentGasPage = lazyPart(
  async () => (await import('./deployment-gas-page.tsx')).DeploymentGasPage,
);
const GasButton = lazyPart(async () => (await import('./gas-button.tsx')).GasButton);
const GasDiffPage = lazyPart(async () => (await import('./gas-diff-page.tsx')).GasDiffPage);
const NetworkGasPage = lazyPart(
  async () => (await import('./network-gas-page.tsx')).NetworkGasPage,
);

const all = () => [api.gas.key()];

export const gas: Feature = {
  name: 'gas',
  pages: [
    {
      path: routes.deploymentGas,
      Page: ({ params: { id } }) => <DeploymentGasPage key={id} id={Number(id)} />,
    },
    {
      path: routes.gasDiff,
      Page: ({ params: { before, after } }) => (
        <GasDiffPage before={Number(before)} after={Number(after)} />
      ),
    },
    {
      path: routes.networkGas,
      Page({ params: { network = '' } }) {
        const name = decodeURIComponent(network);
        return <NetworkGasPage key={name} network={name} />;
      },
    },
  ],
  places: [
    {
      title: 'Gas',
      path: networkGasPath('local'),
      /** Of the chain in view. */
      usePath() {
        const { target } = useInView();
        const known = useNetworks().data?.some(({ name }) => name === target);
        return networkGasPath(known ? target : 'local');
      },
      pages: /^\/(networks|deployments)\/[^/]+\/gas(\/|$)/,
      Icon: Fuel,
      keywords: ['cost', 'report', 'functions'],
      sidebar: 'inside',
    },
  ],
  slots: { 'run.actions': [{ order: 10, Part: GasButton }] },
  // What a chain mines meanwhile is counted when it is asked for: a report may take a while.
  touches: { deployments: all, snapshots: all, networks: all },
};
