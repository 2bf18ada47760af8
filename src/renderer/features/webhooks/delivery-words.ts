import type { Delivery, DeliveryStatus } from '#main/features/webhooks/contract.ts';
import type { Tone } from '../../ui/state-dot.tsx';

export const deliveryTone: Record<DeliveryStatus, Tone> = {
  waiting: 'warn',
  sending: 'active',
  delivered: 'ok',
  failed: 'bad',
};

const words: Record<DeliveryStatus, string> = {
  waiting: 'Waiting',
  sending: 'Sending',
  delivered: 'Delivered',
  failed: 'Failed',
};

export function deliveryWord({ status, attempts }: Delivery): string {
  return attempts > 1 ? `${words[status]}, try ${attempts}` : words[status];
}
