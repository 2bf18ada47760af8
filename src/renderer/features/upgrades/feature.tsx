import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { routes } from '../../core/paths.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

const RunUpgrades = lazyPart(async () => (await import('./run-upgrades.tsx')).RunUpgrades);
const UpgradeButton = lazyPart(async () => (await import('./upgrade-button.tsx')).UpgradeButton);
const UpgradeCommand = lazyPart(async () => (await import('./upgrade-command.tsx')).UpgradeCommand);
const UpgradePage = lazyPart(async () => (await import('./upgrade-page.tsx')).UpgradePage);

export const upgrades: Feature = {
  name: 'upgrades',
  pages: [
    {
      path: routes.upgrade,
      Page({ params: { network = '', address = '' } }) {
        const name = decodeURIComponent(network);
        return <UpgradePage key={`${name} ${address}`} network={name} address={address} />;
      },
    },
  ],
  slots: {
    'proxy.actions': [{ order: 10, Part: UpgradeButton }],
    'run.ended': [{ order: 10, Part: RunUpgrades }],
    commands: [{ order: 8, Part: UpgradeCommand }],
  },
  touches: { deployments: () => [api.upgrades.ofRun.key()] },
};
