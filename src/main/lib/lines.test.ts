import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds, seed } from '#test/harness/rounds.ts';
import { Lines } from './lines.ts';

function linesOf(text: string, cuts: readonly number[] = []): string[] {
  const lines = new Lines();
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  const chunks = [0, ...places].map((from, i) => text.slice(from, places[i]));
  return [...chunks.flatMap((chunk) => lines.push(chunk)), ...lines.end()];
}

test.each([
  ['a progress bar', '10%\r55%\r100%\ndone\n', ['100%', 'done']],
  ['one that ends with a return', '10%\r100%\r\ndone\n', ['100%', 'done']],
  ['lines of Windows', 'one\r\ntwo\r\n', ['one', 'two']],
  ['one that is erased in the end', '10%\r90%\r\x1b[Kdone\n', ['done']],
  ['one of which nothing is left', '10%\r\x1b[2K\nnext\n', ['', 'next']],
  ['one that npm draws', '\x1b[1G\x1b[0K⸩ idle\x1b[1G\x1b[0K⸨ fetch\n', ['⸨ fetch']],
  ['what is drawn over lines above', 'a\nb\n\x1b[2A\x1b[2Ka2\n', ['a', 'b', 'a2']],
  ['a spinner', 'wait |\b/\b-\b ok\n', ['wait  ok']],
  ['colours, which stay', '\x1b[32mok\x1b[0m\n', ['\x1b[32mok\x1b[0m']],
  ['an end that has none', '1/2\r2/2', ['2/2']],
])('of %s the last state is kept', (_, text, kept) => {
  expect(linesOf(text)).toEqual(kept);
});

test('however output is cut into chunks, the lines are the same', () => {
  const piece = fc.constantFrom(
    'a',
    'bc ',
    '\r',
    '\n',
    '\r\n',
    '\x1b[2K',
    '\x1b[K',
    '\x1b[1A',
    '\b',
    '\x1b[31m',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }).map((all) => all.join('')),
      fc.array(fc.nat(), { maxLength: 8 }),
      (text, cuts) => {
        expect(linesOf(text, cuts)).toEqual(linesOf(text));
      },
    ),
    { seed, numRuns: rounds(500, 50_000) },
  );
});

test('a bar that never ends takes no room, and shows where it is', () => {
  const lines = new Lines();
  const made: string[] = [];
  for (let i = 0; i < 100_000; i++) made.push(...lines.push(`\r${i} of many files`));
  expect(made).toEqual([]);
  expect(lines.unfinished()).toBe('99999 of many files');
  expect(lines.push('\rdone\n')).toEqual(['done']);
  expect(lines.unfinished()).toBe('');
});
