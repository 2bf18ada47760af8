import type { Seal } from '../../lib/secrets/seal.ts';
import { version } from '../../lib/version.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { WebhooksDependencies } from './service.ts';
import { type WebhooksStore, webhooksStore } from './store.ts';

export const webhookRecords = feature({
  name: 'webhookRecords',
  make: (_, { db }: Core) => webhooksStore(db),
});

interface Needs {
  events: {
    after: WebhooksDependencies['eventsAfter'];
    listen: WebhooksDependencies['onEvent'];
    lastSeq: () => number;
  };
  webhookRecords: WebhooksStore;
  dataKey: Seal;
}

export const webhooks = feature({
  name: 'webhooks',
  async make(needs: Use<Needs>, { logger, secrets, changed }: Core) {
    const { webhooksService } = await import('./service.ts');
    const { after, listen, lastSeq } = await needs.events;
    return webhooksService({
      store: await needs.webhookRecords,
      logger,
      seal: await needs.dataKey,
      secrets,
      eventsAfter: after,
      onEvent: listen,
      lastSeq,
      changed,
      userAgent: `Drydock/${version()}`,
    });
  },
  router: async (service) => (await import('./router.ts')).webhooksRouter(service),
  // It reads by itself what it has not seen yet.
  onEvery: () => undefined,
  close: (service) => service.close(),
});
