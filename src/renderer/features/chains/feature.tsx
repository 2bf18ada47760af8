import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { routes } from '../../core/paths.ts';
import { laterPart, lazyPart } from '../../ui/lazy-part.tsx';
import { ChainPanel } from './chain-panel.tsx';
import { ChainWatchers } from './chain-watchers.tsx';
import { ChainsRunning } from './chains-running.tsx';
import { OverviewChains } from './overview-chains.tsx';
import { ProjectChain } from './project-chain.tsx';
import { SidebarChains } from './sidebar-chains.tsx';

const BeforeCommand = lazyPart(
  async () => (await import('./before/before-command.tsx')).BeforeCommand,
);
const BeforeDialog = laterPart(
  async () => (await import('./before/before-dialog.tsx')).BeforeDialog,
);
const RevertBefore = lazyPart(
  async () => (await import('./before/revert-before.tsx')).RevertBefore,
);
const ChainCommands = lazyPart(async () => (await import('./chain-commands.tsx')).ChainCommands);
const ChainGoCommands = lazyPart(
  async () => (await import('./chain-commands.tsx')).ChainGoCommands,
);
const ChainPage = lazyPart(async () => (await import('./chain-page.tsx')).ChainPage);
const ChainsOnQuit = lazyPart(async () => (await import('./chains-on-quit.tsx')).ChainsOnQuit);
const ControlDialog = laterPart(
  async () => (await import('./controls/control-dialog.tsx')).ControlDialog,
);
const AnewDialog = laterPart(async () => (await import('./settings/anew-dialog.tsx')).AnewDialog);
const EditNetworkDialog = laterPart(
  async () => (await import('./edit-network-dialog.tsx')).EditNetworkDialog,
);
const SettingsDialog = laterPart(
  async () => (await import('./settings/settings-dialog.tsx')).SettingsDialog,
);

export const chains: Feature = {
  name: 'chains',
  pages: [
    {
      path: routes.chain,
      Page({ params: { name = '' } }) {
        const chain = decodeURIComponent(name);
        return <ChainPage key={chain} name={chain} />;
      },
    },
  ],
  slots: {
    sidebar: [{ order: 20, Part: SidebarChains }],
    commands: [
      { order: 21, Part: BeforeCommand },
      { order: 20, Part: ChainCommands },
      { order: 130, Part: ChainGoCommands },
    ],
    overlays: [
      { order: 21, Part: ControlDialog },
      { order: 22, Part: BeforeDialog },
      { order: 23, Part: SettingsDialog },
      { order: 24, Part: AnewDialog },
      { order: 25, Part: EditNetworkDialog },
    ],
    'overview.beside': [{ order: 10, Part: OverviewChains }],
    'transaction.actions': [{ order: 10, Part: RevertBefore }],
    background: [{ order: 10, Part: ChainWatchers }],
    'status.start': [{ order: 10, Part: ChainsRunning }],
    'settings.sections': [{ order: 15, Part: ChainsOnQuit }],
    'target.panel': [{ order: 10, Part: ChainPanel }],
    'project.header': [{ order: 20, Part: ProjectChain }],
  },
  touches: {
    networks: () => [api.chains.list.key()],
    chains: (key) => {
      const input = typeof key === 'string' ? { chain: key } : undefined;
      return [
        api.chains.list.key(),
        api.chains.get.key({ input }),
        api.chains.accounts.key({ input }),
        api.chainControls.pending.key({ input }),
      ];
    },
    snapshots: (key) => [
      api.chains.snapshots.key({ input: typeof key === 'string' ? { chain: key } : undefined }),
    ],
    deployments: () => [api.chains.accounts.key()],
    engine: () => [api.chains.list.key()],
  },
};
