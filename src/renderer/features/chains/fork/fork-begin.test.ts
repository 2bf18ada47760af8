import { describe, expect, it } from 'vitest';
import { type ForkBeginFields, forkBeginFields } from './fork-begin.ts';

describe('where a fork begins', () => {
  const none: ForkBeginFields = { begin: 'kept', block: '', back: '', time: '' };

  it.each([
    [{ begin: 'kept', block: '7' }, undefined],
    [{ begin: 'latest' }, 'latest'],
    [{ begin: 'block', block: '21_204,118' }, 21_204_118],
    [{ begin: 'block', block: '0' }, 0],
    [{ begin: 'back', back: '100' }, -100],
    [{ begin: 'time', time: '2026-01-31T12:00:05' }, utc('2026-01-31T12:00:05')],
    [{ begin: 'time', time: '2026-01-31T12:00' }, utc('2026-01-31T12:00')],
  ] as const)('takes %j', (typed, point) => {
    expect(forkBeginFields.parse({ ...none, ...typed })).toBe(point);
  });

  it.each([
    ['block', ''],
    ['block', '-1'],
    ['block', '1.5'],
    ['block', 'latest'],
    ['back', '0'],
    ['back', '-5'],
    ['time', ''],
    ['time', 'yesterday'],
  ] as const)('stops %s “%s”', (begin, text) => {
    const { error } = forkBeginFields.safeParse({ ...none, begin, [begin]: text });
    expect(error?.issues.map(({ path }) => path)).toEqual([[begin]]);
  });
});

const utc = (local: string): string => `${new Date(local).toISOString().slice(0, 19)}Z`;
