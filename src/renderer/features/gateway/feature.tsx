import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { routes } from '../../core/paths.ts';
import { CallsPage } from './calls/calls-page.tsx';
import { ConnectDialog } from './connect/connect-dialog.tsx';
import { GatewayCommands } from './gateway-commands.tsx';
import { GatewaySection } from './gateway-section.tsx';
import { GatewaySettings } from './gateway-settings.tsx';

export const gateway: Feature = {
  name: 'gateway',
  pages: [
    {
      path: routes.calls,
      Page({ params: { name = '' } }) {
        const chain = decodeURIComponent(name);
        return <CallsPage key={chain} chain={chain} />;
      },
    },
  ],
  slots: {
    'chain.page': [{ order: 10, Part: GatewaySection }],
    'settings.sections': [{ order: 10, Part: GatewaySettings }],
    commands: [{ order: 24, Part: GatewayCommands }],
    overlays: [{ order: 22, Part: ConnectDialog }],
  },
  touches: {
    chains: (key) => {
      const input = typeof key === 'string' ? { chain: key } : undefined;
      return [
        api.gateway.status.key(),
        api.gateway.origins.key({ input }),
        api.gateway.wallet.key({ input }),
        api.events.list.key(),
      ];
    },
    settings: () => [api.gateway.status.key()],
  },
};
