import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listStatus, trigger } from '#main/features/deployments/contract.ts';
import { historyFilter } from '#main/features/history/contract.ts';
import { rounds, seed } from '#test/harness/rounds.ts';
import { filterOf, type HistoryView, parseView, viewPath, viewSegment } from './history-filter.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((s) => s !== '');
const view: fc.Arbitrary<HistoryView> = fc.record(
  {
    text,
    project: fc.integer({ min: 1 }),
    network: text,
    status: fc.uniqueArray(fc.constantFrom(...listStatus.options), { minLength: 1 }),
    branch: text,
    commit: fc.stringMatching(/^[0-9a-f]{1,40}$/),
    trigger: fc.constantFrom(...trigger.options),
    tag: fc.stringMatching(/^[a-z/.%?#-]{1,20}$/),
    pinned: fc.constant(true),
    live: fc.constant(true),
    since: fc.constantFrom('day', 'week', 'month'),
  },
  { requiredKeys: [] },
);
const known = (one: HistoryView) =>
  Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined));

test('a reload keeps every filter, whatever is in it', () => {
  fc.assert(
    fc.property(view, (one) => {
      const segment = viewSegment(one);
      expect(segment).not.toMatch(/[/?#]/);
      // The browser and the router may decode it in between.
      const { pathname } = new URL(`http://localhost${viewPath(one)}`);
      const back = decodeURIComponent(decodeURI(pathname.slice('/history/'.length)));
      expect(known(parseView(back))).toEqual(known(one));
    }),
    { seed, numRuns: rounds(100, 5000) },
  );
});

test('whatever stands in the address, the core can be asked', () => {
  fc.assert(
    fc.property(fc.webQueryParameters(), fc.integer({ min: 0, max: 2 ** 42 }), (segment, now) => {
      expect(historyFilter.safeParse(filterOf(parseView(segment), now + 1e10)).success).toBe(true);
    }),
    { seed, numRuns: rounds(30, 5000) },
  );
  expect(known(parseView('status=nope&project=x&since=year&commit=zz&tag=a b&pinned=1'))).toEqual(
    {},
  );
});

test('a time counts back from the hour, so that the same question is asked again', () => {
  const at = 1_700_000_000_000;
  expect(filterOf({ since: 'day' }, at)).toEqual(filterOf({ since: 'day' }, at + 1000));
  expect(filterOf({ text: 'x' }, at)).toEqual({});
});
