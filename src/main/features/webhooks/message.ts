import { createHmac } from 'node:crypto';
import { headline } from '../events/contract/words.ts';
import type { Event } from '../events/contract.ts';
import type { WebhookFormat } from './contract.ts';

/** What a delivery is about: an event, or a test. */
export type Subject = Event | { type: 'webhook.test'; at: number };

/** Body of a delivery. Slack: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks; Discord: https://docs.discord.com/developers/resources/webhook#execute-webhook */
export function bodyOf(format: WebhookFormat, subject: Subject): string {
  const { title, detail } =
    subject.type === 'webhook.test'
      ? { title: 'A test from Drydock: this webhook works', detail: null }
      : headline(subject);
  switch (format) {
    case 'json':
      return JSON.stringify({ event: subject, title, detail });
    case 'slack': {
      const text = [`*${slackText(title)}*`, ...(detail ? [slackText(detail)] : [])].join('\n');
      return JSON.stringify({ text });
    }
    case 'discord': {
      const content = [`**${title}**`, ...(detail ? [detail] : [])].join('\n').slice(0, 2000);
      // Names of projects must not call anybody.
      return JSON.stringify({ content, allowed_mentions: { parse: [] } });
    }
  }
}

const slackText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Value of `x-drydock-signature`. `seconds`: Unix time. */
export function signature(secret: string, seconds: number, body: string): string {
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}
