import { describe, expect, it } from 'vitest';
import { linksIn, linkTarget } from './link-pattern.ts';

const found = (line: string) => [...line.matchAll(linksIn)].map(([text]) => linkTarget(text));
const address = `0x${'aB'.repeat(20)}`;
const hash = `0x${'1f'.repeat(32)}`;

describe('what can be opened in a line', () => {
  it.each([
    ['  --> src/Gate.sol:12:5:', { file: 'src/Gate.sol', line: 12, column: 5 }],
    ['at deploy (./ignition/modules/Gate.ts:7)', { file: './ignition/modules/Gate.ts', line: 7 }],
    [
      '[/home/me/app/src/index.mjs:3:14]',
      { file: '/home/me/app/src/index.mjs', line: 3, column: 14 },
    ],
    ['lib/@open-zeppelin/a.b/C.sol:1', { file: 'lib/@open-zeppelin/a.b/C.sol', line: 1 }],
  ])('a line of a file: %s', (line, place) => {
    expect(found(line)).toEqual([{ kind: 'file', column: undefined, ...place }]);
  });

  it('addresses and hashes, never the beginning of a longer number', () => {
    expect(found(`${address} in ${hash}, not ${hash}00`)).toEqual([
      { kind: 'hex', value: address },
      { kind: 'hex', value: hash },
    ]);
  });

  it.each([
    ['Listening on http://127.0.0.1:8545.', 'http://127.0.0.1:8545'],
    ['(see https://example.org/a/b.ts:3?c=d#e)', 'https://example.org/a/b.ts:3?c=d#e'],
    [`"https://example.org/tx/${hash}"`, `https://example.org/tx/${hash}`],
  ])('a page: %s', (line, url) => {
    expect(found(line)).toEqual([{ kind: 'url', url }]);
  });

  it.each(['listening on localhost:8545', 'at 12:41:07', 'v1.2.3:4', 'example.com:80', 'a.sol'])(
    'nothing: %s',
    (line) => expect(found(line)).toEqual([]),
  );

  it('reads a long line without a link at once', () => {
    expect(found('a/'.repeat(20_000))).toEqual([]);
    expect(found('a.sol'.repeat(10_000))).toEqual([]);
  });
});
