import { z } from 'zod';
import { type ForkPoint, forkPoint } from '#main/features/chains/contract.ts';

/** How it is said where a fork begins. `kept`: as it is. */
export const begins = ['kept', 'latest', 'block', 'back', 'time'] as const;
export type Begin = (typeof begins)[number];

const typed = z.object({
  begin: z.enum(begins),
  block: z.string(),
  back: z.string(),
  /** Of this machine's time zone, as a field for a date and a time holds it. */
  time: z.string(),
});
export type ForkBeginFields = z.input<typeof typed>;

const words = {
  block: 'A block number.',
  back: 'How many blocks, from 1 on.',
  time: 'Give a date and a time.',
};

/** What was typed, as the core takes it; undefined: as it is. */
function pointOf({ begin, block, back, time }: ForkBeginFields): unknown {
  if (begin === 'block') return wholeNumber(block);
  if (begin === 'back') return -wholeNumber(back);
  if (begin === 'time') return utcText(time);
  return begin === 'latest' ? begin : undefined;
}

function wholeNumber(text: string): number {
  const digits = text.trim().replaceAll(/[_,]/g, '');
  return /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
}

function utcText(local: string): string {
  const at = Date.parse(local);
  return Number.isNaN(at) ? '' : `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Where a fork begins, as it is typed, and as the core takes it. */
export const forkBeginFields = typed
  .superRefine((value, context) => {
    const { begin } = value;
    if (begin === 'kept' || begin === 'latest') return;
    const point = pointOf(value);
    if (forkPoint.safeParse(point).success && !(begin === 'back' && point === 0)) return;
    context.addIssue({ code: 'custom', path: [begin], message: words[begin] });
  })
  .transform((value) => pointOf(value) as ForkPoint | undefined);
