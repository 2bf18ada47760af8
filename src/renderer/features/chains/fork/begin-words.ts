import type { Upstream } from '#main/features/chains/contract.ts';
import { count, dateTime } from '../../../ui/format.ts';
import type { Begin } from './fork-begin.ts';

/** The fields that tell more of where a fork begins, each by the choice that it is of. */
export const beginField = {
  block: { label: 'Block', inputMode: 'numeric' },
  back: { label: 'Blocks behind the newest', inputMode: 'numeric' },
  time: { label: 'Time', note: 'of this machine’s time zone', type: 'datetime-local', step: 1 },
} as const;

export const hasField = (begin: Begin): begin is keyof typeof beginField => begin in beginField;

/** What a choice comes to, by the newest block of what is forked; undefined: not known. */
export function beginHint(
  begin: Begin,
  back: string,
  upstream: Upstream | undefined,
): string | undefined {
  if (begin === 'time') return 'At the last block up to then.';
  if (!upstream || begin === 'kept') return undefined;
  const { newest, newestTime } = upstream;
  const blocks = Number(back.replaceAll(/[_,]/g, ''));
  if (begin === 'back' && blocks > 0 && blocks <= newest) return `Block ${count(newest - blocks)}.`;
  return `Its newest block is ${count(newest)}, of ${dateTime(newestTime * 1000)}.`;
}
