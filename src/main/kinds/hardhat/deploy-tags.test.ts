import { expect, test } from 'vitest';
import { tokensOf } from '../../lib/source-tokens.ts';
import { tagsIn } from './deploy-tags.ts';

test.each([
  ["module.exports.tags = ['token', 'all'];", ['token', 'all']],
  ['func.tags = ["Token"];', ['Token']],
  ['export const tags = [`a`]', ['a']],
  [
    'export default deployScript(async () => {}, { tags: ["a", "b",], dependencies: ["c"] })',
    ['a', 'b'],
  ],
  ['const A = "a"; func.tags = [A, B, "b"]', ['a', 'b']],
  ['// func.tags = ["no"]', []],
  ['func.tags = "no"', []],
  ['func.tags = ["--network mainnet", "$(no)", ""]', []],
  ['func.tags = ["a"', ['a']],
])('%s', (source, tags) => {
  expect(tagsIn(tokensOf(source))).toEqual(tags);
});
