import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type JournalRow, journalRows, type NewJournalRow } from '#main/db/journal-rows.ts';
import { openDb } from '#main/db/open.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

const line = fc.record({
  at: fc.nat(60),
  type: fc.constantFrom('stdout', 'stderr', 'drydock'),
  data: fc.oneof(
    fc.constantFrom('', 'a', 'two\nlines', '\n', 'é…😀'),
    fc.string({ unit: 'grapheme' }),
  ),
  isLine: fc.constant(true),
});
const event = fc.record({
  at: fc.nat(60),
  type: fc.constant('phase'),
  data: fc.constant('{"phase":"compile"}'),
  isLine: fc.constant(false),
});
const batch = fc.array(fc.oneof({ weight: 5, arbitrary: line }, event), { maxLength: 30 });

/** What must be read again: every row with its own seq; times may be told a little earlier. */
function numbered(batches: NewJournalRow[][]): Omit<JournalRow, 'at'>[] {
  return batches.flat().map(({ type, data }, i) => ({ seq: i + 1, type, data }));
}

test('whatever is appended is read again, from any place on and in pages of any size', async () => {
  await using folder = await temporaryFolder();
  const db = openDb(folder.path);
  db.pragma('foreign_keys = OFF');
  const journal = journalRows(db);
  let id = 0;
  fc.assert(
    fc.property(
      fc.array(batch, { maxLength: 5 }),
      fc.nat(40),
      fc.integer({ min: 1, max: 40 }),
      fc.nat(80),
      (batches, after, limit, upTo) => {
        id += 1;
        for (const rows of batches) journal.append(id, journal.lastSeq(id) + 1, rows);
        const all = numbered(batches);
        expect(journal.lastSeq(id)).toBe(all.length);
        const read = (from: number, most: number, to?: number) =>
          journal.read(id, from, most, to).map(({ seq, type, data }) => ({ seq, type, data }));
        expect(read(0, 1000)).toEqual(all);
        expect(read(after, limit)).toEqual(all.slice(after, after + limit));
        expect(read(after, limit, upTo)).toEqual(
          all.slice(after, after + limit).filter(({ seq }) => seq <= upTo),
        );
      },
    ),
    { numRuns: 300 },
  );
  db.close();
});

test('many lines take few rows, and none of them is long', async () => {
  await using folder = await temporaryFolder();
  const db = openDb(folder.path);
  db.pragma('foreign_keys = OFF');
  const journal = journalRows(db);
  const rows = Array.from({ length: 5000 }, (_, i) => ({
    at: 0,
    type: 'stdout',
    data: i % 2 === 0 ? `line ${i}` : 'x'.repeat(400),
    isLine: true,
  }));
  journal.append(1, 1, rows);
  const stored = db
    .prepare<[], { n: number; longest: number }>(
      'SELECT count(*) AS n, max(length(data)) AS longest FROM journal',
    )
    .get();
  expect(stored?.n).toBeLessThan(50);
  expect(stored?.longest).toBeLessThan(70_000);
  expect(journal.read(1, 4321, 1)).toMatchObject([{ seq: 4322, data: 'x'.repeat(400) }]);
  db.close();
});

test('a line keeps the time at which it came', async () => {
  await using folder = await temporaryFolder();
  const db = openDb(folder.path);
  db.pragma('foreign_keys = OFF');
  const journal = journalRows(db);
  const said = (at: number) => ({ at, type: 'stdout', data: 'x', isLine: true });
  journal.append(1, 1, [said(0), said(5), said(20), said(3000)]);
  expect(journal.read(1, 0, 10).map(({ at }) => at)).toEqual([0, 0, 20, 3000]);
  db.close();
});
