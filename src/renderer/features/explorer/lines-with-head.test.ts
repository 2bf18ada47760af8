import { expect, test } from 'vitest';
import { linesWithHead } from './lines-with-head.ts';

const page = (...hashes: string[]) => ({ transactions: hashes.map((hash) => ({ hash })) });
const known = (...pages: ReturnType<typeof page>[]) => ({
  pages,
  pageParams: pages.map((_, i) => (i === 0 ? undefined : `${i}`)),
});

test('what is new stands before what is known, which stays as it is', () => {
  const before = known(page('c', 'b'), page('a'));
  expect(linesWithHead(before, page('e', 'd', 'c'))?.pages).toEqual([
    ...[page('e', 'd', 'c', 'b'), page('a')],
  ]);
  expect(linesWithHead(before, page('c', 'b'))?.pages).toEqual(before.pages);
});

test('an empty list takes the page that it has now', () => {
  expect(linesWithHead(known(page()), page('a'))?.pages).toEqual([page('a')]);
});

test('more new ones than a page holds leave a gap', () => {
  expect(linesWithHead(known(page('b', 'a')), page('e', 'd'))).toBeNull();
});
