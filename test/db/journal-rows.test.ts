import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type JournalRow, journalRows, type NewJournalRow } from '#main/db/journal-rows.ts';
import { openDb } from '#main/db/open.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { rounds, seed } from '#test/harness/rounds.ts';

const type = fc.constantFrom('stdout', 'stderr', 'drydock');
const line = fc.oneof(
  fc.constantFrom('', 'a', 'é…😀'),
  fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\n')),
);
const lines = fc.record({ at: fc.nat(60), type, lines: fc.array(line, { maxLength: 8 }) });
const text = fc.constantFrom('two\nlines', '\n').map((said) => [said]);
const note = fc.record({ at: fc.nat(60), type, lines: text });
const event = fc.record({
  at: fc.nat(60),
  type: fc.constant('phase'),
  lines: fc.constant(['{"phase":"compile"}']),
});
const batch = fc.array(fc.oneof({ weight: 5, arbitrary: lines }, note, event), { maxLength: 10 });

/** What must be read again: every line with its own seq. */
function numbered(batches: NewJournalRow[][]): JournalRow[] {
  return batches
    .flat()
    .flatMap(({ at, type, lines }) => lines.map((data) => ({ at, type, data })))
    .map((row, i) => ({ seq: i + 1, ...row }));
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
        for (const rows of batches) {
          const last = journal.append(id, journal.lastSeq(id) + 1, rows);
          expect(journal.lastSeq(id)).toBe(last);
        }
        const all = numbered(batches);
        expect(journal.lastSeq(id)).toBe(all.length);
        const read = (from: number, most: number, to?: number) => journal.read(id, from, most, to);
        expect(read(0, 1000)).toEqual(all);
        expect(read(after, limit)).toEqual(all.slice(after, after + limit));
        expect(read(after, limit, upTo)).toEqual(
          all.slice(after, after + limit).filter(({ seq }) => seq <= upTo),
        );
      },
    ),
    { seed, numRuns: rounds(300, 20_000) },
  );
  db.close();
});

test('many lines take few rows, and none of them is long', async () => {
  await using folder = await temporaryFolder();
  const db = openDb(folder.path);
  db.pragma('foreign_keys = OFF');
  const journal = journalRows(db);
  const lines = Array.from({ length: 5000 }, (_, i) =>
    i % 2 === 0 ? `line ${i}` : 'x'.repeat(400),
  );
  journal.append(1, 1, [{ at: 0, type: 'stdout', lines }]);
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
