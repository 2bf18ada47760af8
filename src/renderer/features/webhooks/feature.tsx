import { Webhook } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { webhooksPath } from '../../core/paths.ts';
import { WebhooksLink } from './webhooks-link.tsx';
import { WebhooksPage } from './webhooks-page.tsx';

export const webhooks: Feature = {
  name: 'webhooks',
  pages: [{ path: webhooksPath, Page: WebhooksPage }],
  places: [{ title: 'Webhooks', path: webhooksPath, Icon: Webhook }],
  slots: { 'settings.notifications': [{ order: 20, Part: WebhooksLink }] },
  touches: { webhooks: () => [api.webhooks.key()] },
};
