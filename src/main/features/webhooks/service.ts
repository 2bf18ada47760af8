import { randomBytes } from 'node:crypto';
import { maskUrl } from '../../lib/secrets/secret-url.ts';
import { AppError } from '../../shared/errors.ts';
import type { Change } from '../app/contract.ts';
import { addressSecrets, openAddress } from './address.ts';
import type { AddInput, DeliveriesInput, Delivery, UpdateInput, Webhook } from './contract.ts';
import { Dispatcher, type DispatcherDependencies, usualTiming } from './dispatcher.ts';
import { bodyOf } from './message.ts';
import type { DeliveryRow, WebhookRow } from './store.ts';

export interface WebhooksDependencies extends Omit<DispatcherDependencies, 'changed' | 'timing'> {
  lastSeq: () => number;
  changed: (change: Change) => void;
  timing?: DispatcherDependencies['timing'];
}

export function webhooksService(deps: WebhooksDependencies) {
  const { store, seal } = deps;
  const timing = deps.timing ?? usualTiming;
  const tell = (id: number) => deps.changed({ topic: 'webhooks', key: id });
  const dispatcher = new Dispatcher({ ...deps, timing, changed: tell });

  function find(ref: number | string): WebhookRow {
    const all = store.webhooks();
    const found = all.find((w) => w.name === ref) ?? all.find((w) => String(w.id) === String(ref));
    if (found) return found;
    throw new AppError(
      'WEBHOOK_NOT_FOUND',
      `There is no webhook "${ref}". List them with "drydock webhook list", or add it.`,
      { field: 'webhook', fix: { label: 'Show the webhooks', command: 'drydock webhook list' } },
    );
  }

  function findDelivery(id: number): DeliveryRow {
    const found = store.delivery(id);
    if (found) return found;
    throw new AppError(
      'DELIVERY_NOT_FOUND',
      `There is no delivery ${id} any more. List them with "drydock webhook deliveries".`,
      { field: 'id' },
    );
  }

  function mustBeFree(name: string, except?: number): void {
    if (!store.webhooks().some((w) => w.name === name && w.id !== except)) return;
    throw new AppError('NAME_TAKEN', `Another webhook is called "${name}". Choose another name.`, {
      field: 'name',
    });
  }

  function shownUrl(row: WebhookRow): string | null {
    try {
      return maskUrl(seal.open(row.sealedUrl));
    } catch {
      return null;
    }
  }

  const present = (row: WebhookRow): Webhook => ({
    id: row.id,
    name: row.name,
    url: shownUrl(row),
    format: row.format,
    types: row.types,
    enabled: row.enabled,
    signed: row.sealedSecret !== null,
    createdAt: row.createdAt,
    ...store.counts(row.id),
  });

  return {
    /** Whose addresses or secrets can't be read. */
    unreadable: () =>
      store
        .webhooks()
        .filter((row) => openAddress(seal, row) === null)
        .map((row) => row.name),
    /** Puts what `moved` returns in the place of what was sealed. Returns how many. */
    moveSecrets(moved: (sealed: string) => string | null): number {
      let count = 0;
      for (const row of store.webhooks()) {
        const sealedUrl = moved(row.sealedUrl);
        const sealedSecret = row.sealedSecret && moved(row.sealedSecret);
        if (!sealedUrl && !sealedSecret) continue;
        store.update({
          ...row,
          sealedUrl: sealedUrl ?? row.sealedUrl,
          sealedSecret: sealedSecret ?? row.sealedSecret,
        });
        count += 1;
      }
      return count;
    },

    list: (): Webhook[] => store.webhooks().map(present),

    add(input: AddInput): Webhook & { secret: string | null } {
      // Slack and Discord look at no signature; their address is the secret.
      const secret =
        input.format === 'json'
          ? (input.secret ?? `whsec_${randomBytes(24).toString('base64url')}`)
          : null;
      const id = store.transaction(() => {
        mustBeFree(input.name);
        return store.insert({
          name: input.name,
          format: input.format,
          sealedUrl: seal.seal(input.url),
          sealedSecret: secret && seal.seal(secret),
          types: input.types,
          enabled: true,
          createdAt: Date.now(),
          afterSeq: deps.lastSeq(),
        });
      });
      tell(id);
      return { ...present(find(id)), secret };
    },

    update(input: UpdateInput): Webhook {
      const { id } = find(input.webhook);
      store.transaction(() => {
        const row = find(id);
        if (input.name !== undefined) mustBeFree(input.name, id);
        const resumed = input.enabled === true && !row.enabled;
        store.update({
          ...row,
          name: input.name ?? row.name,
          sealedUrl: input.url === undefined ? row.sealedUrl : seal.seal(input.url),
          sealedSecret:
            input.secret === undefined || row.format !== 'json'
              ? row.sealedSecret
              : seal.seal(input.secret),
          types: input.types === undefined ? row.types : input.types,
          enabled: input.enabled ?? row.enabled,
          // What happened while it was off is not told afterwards.
          afterSeq: resumed ? deps.lastSeq() : row.afterSeq,
        });
      });
      // Another receiver, or one that is asked to listen again.
      if (input.url !== undefined || input.enabled === true) store.resume(id);
      tell(id);
      dispatcher.poke();
      return present(find(id));
    },

    remove(ref: number | string): Webhook {
      const row = find(ref);
      const shown = present(row);
      store.remove(row.id);
      tell(row.id);
      return shown;
    },

    /** Sends a test at once and only once, also for one that is switched off. */
    async test(ref: number | string): Promise<Delivery> {
      const row = find(ref);
      const at = Date.now();
      const id = store.addDelivery({
        webhookId: row.id,
        eventSeq: null,
        type: 'webhook.test',
        body: bodyOf(row.format, { type: 'webhook.test', at }),
        maxAttempts: 1,
        createdAt: at,
      });
      await dispatcher.settled(id, timing.timeoutMs * 2);
      return presentDelivery(findDelivery(id));
    },

    deliveries(input: DeliveriesInput): Delivery[] {
      const { webhook, status, before, limit } = input;
      const webhookId = webhook === undefined ? undefined : find(webhook).id;
      return store.list({ webhookId, status, before }, limit).map(presentDelivery);
    },

    redeliver(id: number): Delivery {
      const row = findDelivery(id);
      store.resume(row.webhookId);
      store.again(id, Date.now(), row.eventSeq === null ? 1 : timing.attempts);
      tell(row.webhookId);
      dispatcher.poke();
      return presentDelivery(findDelivery(id));
    },

    /** Of every webhook that can be read. */
    secrets: (): string[] =>
      store.webhooks().flatMap((row) => {
        const address = openAddress(seal, row);
        return address ? addressSecrets(address) : [];
      }),

    /** Resolves when nothing is under way any more; what is left, the next core delivers. */
    close: () => dispatcher.close(),
  };
}

export type WebhooksService = ReturnType<typeof webhooksService>;

function presentDelivery(row: DeliveryRow): Delivery {
  const { webhookId, webhookName, body: _, maxAttempts: __, ...rest } = row;
  return { ...rest, webhook: { id: webhookId, name: webhookName } };
}
