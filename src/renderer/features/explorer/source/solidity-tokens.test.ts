import { expect, test } from 'vitest';
import { linesInComment, tokensOf } from './solidity-tokens.ts';

test('words, texts, numbers and comments of a line, and all of it again', () => {
  const line = 'uint256 amount = f("a // b", 0x1F, 1 ether); // "c"';
  const tokens = tokensOf(line, false);
  expect(tokens.map(({ text }) => text).join('')).toBe(line);
  const of = (kind: string) => tokens.filter((one) => one.kind === kind).map(({ text }) => text);
  expect(of('word')).toEqual(['uint256']);
  expect(of('string')).toEqual(['"a // b"']);
  expect(of('number')).toEqual(['0x1F', '1']);
  expect(of('comment')).toEqual(['// "c"']);
});

test('comments over several lines', () => {
  const lines = ['a /* b', ' * c', ' */ d /* e */', 'f /*/ g', '*/ "/*" h', 'i'];
  expect([...linesInComment(lines)]).toEqual([1, 2, 4]);
  expect(tokensOf(lines[1] ?? '', true)).toEqual([{ kind: 'comment', text: ' * c' }]);
  expect(tokensOf(lines[2] ?? '', true).map(({ kind }) => kind)).toEqual([
    'comment',
    'plain',
    'comment',
  ]);
});

test('what no compiler would take is shown as it is', () => {
  for (const line of ['"open', "'", '/', '\\"', '`${', '£ "ä" é', '']) {
    expect(
      tokensOf(line, false)
        .map(({ text }) => text)
        .join(''),
    ).toBe(line);
  }
});
