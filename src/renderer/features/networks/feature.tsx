import { Radio } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { networksPath } from '../../core/paths.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { RemotePanel } from './remote-panel.tsx';

const NetworksPage = lazyPart(async () => (await import('./networks-page.tsx')).NetworksPage);

export const networks: Feature = {
  name: 'networks',
  pages: [{ path: networksPath, Page: NetworksPage }],
  places: [{ title: 'Networks', path: networksPath, Icon: Radio }],
  slots: { 'target.panel': [{ order: 20, Part: RemotePanel }] },
  touches: { networks: () => [api.networks.key(), api.rails.key()] },
};
