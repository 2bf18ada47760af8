import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { routes } from '../../core/paths.ts';
import { RunUpgrades } from './run-upgrades.tsx';
import { UpgradeButton } from './upgrade-button.tsx';
import { UpgradeCommand } from './upgrade-command.tsx';
import { UpgradePage } from './upgrade-page.tsx';

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
