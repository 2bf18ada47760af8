import { z } from 'zod';
import { eventTypes } from '#main/features/events/contract.ts';
import { addInput, type Webhook } from '#main/features/webhooks/contract.ts';
import { optionalText, typedText } from '../../core/forms/texts.ts';

const wrongUrl = 'An address begins with https:// or http://';

const fields = z.object({
  name: typedText(addInput.shape.name),
  url: optionalText(addInput.shape.url, wrongUrl),
  format: addInput.shape.format.unwrap(),
  types: z.array(z.enum(eventTypes)).min(1),
});

/** The form as it is typed. */
export type WebhookFields = z.input<typeof fields>;

/** The initial values of a webhook's fields. */
export const fieldsOf = (webhook: Webhook | null): WebhookFields => ({
  name: webhook?.name ?? '',
  // The stored one contains a secret: it is typed again or left unchanged.
  url: '',
  format: webhook?.format ?? 'json',
  types: webhook ? [...(webhook.types ?? eventTypes)] : ['deployment.ended', 'chain.ended'],
});

const all = (types: WebhookFields['types']) => (types.length === eventTypes.length ? null : types);

/**
 * Converts the fields to the saved form. `stored`: it has an address, which an empty field keeps.
 */
export const webhookFields = (stored: boolean) =>
  fields
    .refine(({ url }) => stored || url !== undefined, { path: ['url'], error: wrongUrl })
    .transform(({ types, ...rest }) => ({ ...rest, types: all(types) }));
