import { Webhook } from 'lucide-react';
import { api } from '../../core/client.ts';
import type { Feature } from '../../core/feature/feature.ts';
import { webhooksPath } from '../../core/paths.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';

const WebhooksLink = lazyPart(async () => (await import('./webhooks-link.tsx')).WebhooksLink);
const WebhooksPage = lazyPart(async () => (await import('./webhooks-page.tsx')).WebhooksPage);

export const webhooks: Feature = {
  name: 'webhooks',
  pages: [{ path: webhooksPath, Page: WebhooksPage }],
  places: [{ title: 'Webhooks', path: webhooksPath, Icon: Webhook }],
  slots: { 'settings.notifications': [{ order: 20, Part: WebhooksLink }] },
  touches: { webhooks: () => [api.webhooks.key()] },
};
