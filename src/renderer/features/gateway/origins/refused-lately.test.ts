import { expect, test } from 'vitest';
import { refusedLately } from './refused-lately.ts';

const refusal = (origin: string, at: number, chain = 'local') => ({ origin, at, chain });

test('each page is listed once, as it was refused last, unless it was decided about', () => {
  const all = [
    refusal('https://a.example', 5),
    refusal('https://b.example', 4),
    refusal('https://a.example', 9),
    refusal('https://known.example', 8),
    refusal('https://elsewhere.example', 7, 'fork'),
  ];
  expect(refusedLately(all, 'local', [{ origin: 'https://known.example' }])).toEqual([
    refusal('https://a.example', 9),
    refusal('https://b.example', 4),
  ]);
});

test('no more than twenty are listed, the newest', () => {
  const all = Array.from({ length: 30 }, (_, n) => refusal(`https://${n}.example`, n));
  const found = refusedLately(all, 'local', []);
  expect(found).toHaveLength(20);
  expect(found[0]?.at).toBe(29);
});
