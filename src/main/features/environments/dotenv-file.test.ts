import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rounds, seed } from '#test/harness/rounds.ts';
import { dotenvLine, readDotenvFile } from './dotenv-file.ts';
import { isNameOfVariable } from './variable-names.ts';

test('comments are the notes of what they stand above or beside', () => {
  const { variables, problems } = readDotenvFile(
    [
      '# Of the provider,',
      '# for tests.',
      'API_KEY=abc # not for others',
      '',
      '# A heading.',
      '',
      'export OWNER="Ada" # who may',
      "PEM='one # two",
      "three' # last",
      'EMPTY=',
    ].join('\r\n'),
  );
  expect(problems).toEqual([]);
  expect(variables).toEqual([
    { name: 'API_KEY', value: 'abc', note: 'Of the provider,\nfor tests.', line: 3 },
    { name: 'OWNER', value: 'Ada', note: 'who may', line: 7 },
    { name: 'PEM', value: expect.stringContaining('one # two'), note: 'last', line: 8 },
    { name: 'EMPTY', value: '', note: '', line: 10 },
  ]);
});

test('what is no variable, or not as it seems, is told by its line and without its text', () => {
  const { variables, problems } = readDotenvFile(
    'A=1\nsk-live-5eC12e7f\nmy-key=2\nA=3\nURL="https://x/$A"\nLITERAL=\'$A\'\n',
  );
  expect(variables.map(({ name, value }) => `${name}=${value}`)).toEqual([
    'A=3',
    'URL=https://x/$A',
    'LITERAL=$A',
  ]);
  expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  expect(JSON.stringify(problems)).not.toContain('5eC12e7f');
});

const piece = fc.oneof(
  fc.constantFrom('A', 'B_1', 'c', '=', ' = ', '\n', '\r\n', '#', ' # ', '"', "'", '`', '\\n', '$'),
  fc.constantFrom('export ', 'x y', '{"a": 1}', '\\', '\t'),
  fc.string({ maxLength: 4 }),
);

test('any text is read as Node reads it', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const read = Object.entries(parseEnv(text)).filter(([name]) => isNameOfVariable(name));
      const { variables } = readDotenvFile(text);
      expect(Object.fromEntries(variables.map(({ name, value }) => [name, value]))).toEqual(
        Object.fromEntries(read),
      );
    }),
    { numRuns: rounds(2000, 50_000), seed },
  );
});

test('a line that is written reads back as its value, or is not written', () => {
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  let written = 0;
  fc.assert(
    fc.property(text, (value) => {
      const line = dotenvLine('NAME', value);
      if (line === null) return;
      written += 1;
      expect(parseEnv(`BEFORE=1\n${line}\nAFTER=2\n`)).toEqual({
        ...{ BEFORE: '1', NAME: value, AFTER: '2' },
      });
    }),
    { numRuns: rounds(2000, 50_000), seed },
  );
  expect(written).toBeGreaterThan(100);
});

test.each(['A="\n', "A='\nB=`\n", '#\n', '=\n', 'A=#', 'x'])(
  'a long text of %j is read in time',
  (part) => {
    readDotenvFile(part.repeat(1_000_000 / part.length));
  },
);
