import { z } from 'zod';
import { errors, procedure } from '../../shared/procedure.ts';
import { eventType } from '../events/contract.ts';

export const webhookFormat = z.enum(['json', 'slack', 'discord']);
export type WebhookFormat = z.infer<typeof webhookFormat>;

export const webhook = z.object({
  id: z.int(),
  name: z.string(),
  url: z.string().nullable().describe('masked; null when it can no longer be read'),
  format: webhookFormat,
  types: z.array(eventType).nullable().describe('null: every event'),
  enabled: z.boolean(),
  /** Its deliveries carry a signature. */
  signed: z.boolean(),
  createdAt: z.int().describe('Unix time, ms'),
  waiting: z.int().describe('deliveries that are still to be made'),
  failed: z.int().describe('deliveries that were given up'),
});
export type Webhook = z.infer<typeof webhook>;

export const deliveryStatus = z.enum(['waiting', 'sending', 'delivered', 'failed']);
export type DeliveryStatus = z.infer<typeof deliveryStatus>;

export const delivery = z.object({
  id: z.int(),
  webhook: z.object({ id: z.int(), name: z.string() }),
  type: z.string().describe('of the event, or webhook.test'),
  eventSeq: z.int().nullable().describe('null for a test'),
  status: deliveryStatus,
  attempts: z.int(),
  createdAt: z.int().describe('Unix time, ms'),
  nextAt: z.int().nullable().describe('when it is tried next'),
  endedAt: z.int().nullable(),
  durationMs: z.number().nullable().describe('of the last attempt'),
  responseCode: z.int().nullable(),
  response: z.string().nullable().describe('the first 1 KB of the last answer'),
  problem: z.string().nullable().describe('what was wrong with the last attempt'),
});
export type Delivery = z.infer<typeof delivery>;

const url = z
  .string()
  .trim()
  .max(4096)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    message: 'an address that begins with https:// or http://',
  });

const secret = z.string().min(8, 'at least 8 characters').max(1000);

const fields = {
  name: z.string().trim().min(1).max(80),
  url,
  format: webhookFormat,
  types: z.array(eventType).min(1).nullable(),
  secret,
};

export const addInput = z.object({
  name: fields.name,
  url,
  format: webhookFormat.default('json'),
  types: fields.types.default(null),
  secret: secret.optional().describe('signs deliveries in the format json; default: a new one'),
});
export type AddInput = z.infer<typeof addInput>;

const ref = z.object({ webhook: z.union([z.int().positive(), z.string().min(1).max(80)]) });

export const updateInput = ref.extend({
  name: fields.name.optional(),
  url: url.optional(),
  types: fields.types.optional(),
  secret: secret.optional(),
  enabled: z.boolean().optional(),
});
export type UpdateInput = z.infer<typeof updateInput>;

export const deliveriesInput = z.object({
  webhook: ref.shape.webhook.optional().describe('id or name'),
  status: deliveryStatus.optional(),
  before: z.int().positive().optional().describe('only ids below this one'),
  limit: z.int().min(1).max(500).default(50),
});
export type DeliveriesInput = z.infer<typeof deliveriesInput>;

const one = procedure.errors(errors('WEBHOOK_NOT_FOUND'));

/**
 * A delivery is a POST with the headers `x-drydock-event`, `x-drydock-delivery` (the same at each
 * attempt) and, when it is signed, `x-drydock-signature: t=<seconds>,v1=<hex>`: the HMAC-SHA256 of
 * `<seconds>.<body>` under the secret. An event may be delivered more than once.
 */
export const webhooks = {
  list: procedure
    .route({ method: 'GET', path: '/webhooks', summary: 'All webhooks, by name' })
    .output(z.array(webhook)),
  add: procedure
    .errors(errors('NAME_TAKEN'))
    .route({ method: 'POST', path: '/webhooks', summary: 'Add one; its secret is told only here' })
    .input(addInput)
    .output(webhook.extend({ secret: z.string().nullable() })),
  update: one
    .errors(errors('NAME_TAKEN'))
    .route({ method: 'PATCH', path: '/webhooks/{webhook}', summary: 'Change one' })
    .input(updateInput)
    .output(webhook),
  remove: one
    .route({ method: 'DELETE', path: '/webhooks/{webhook}', summary: 'Remove it and its log' })
    .input(ref)
    .output(webhook),
  test: one
    .route({
      method: 'POST',
      path: '/webhooks/{webhook}/test',
      summary: 'Send a test once; answers how it went',
    })
    .input(ref)
    .output(delivery),
  deliveries: one
    .route({ method: 'GET', path: '/webhook-deliveries', summary: 'Deliveries, newest first' })
    .input(deliveriesInput)
    .output(z.array(delivery)),
  redeliver: procedure
    .errors(errors('DELIVERY_NOT_FOUND'))
    .route({
      method: 'POST',
      path: '/webhook-deliveries/{id}/redeliver',
      summary: 'Try one again, from the first attempt on',
    })
    .input(z.object({ id: z.int().positive() }))
    .output(delivery),
};
