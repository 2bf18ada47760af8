import { expect, test } from 'vitest';
import { nothingKept } from '../compile-cache.ts';
import { codeCache } from './code-cache.ts';

const cache = { ...nothingKept, folder: async (group: string) => `/kept/${group}` };
const project = { id: 1, path: '/p' };

test('a project has a folder of its own, and always the same one', async () => {
  const own = await codeCache(cache, project, {});
  expect(own.NODE_COMPILE_CACHE).toMatch(/^\/kept\/\w+$/);
  expect(await codeCache(cache, project, {})).toEqual(own);
  expect(await codeCache(cache, { ...project, id: 2 }, {})).not.toEqual(own);
  expect(await codeCache(cache, { ...project, path: '/q' }, {})).not.toEqual(own);
});

test('there is none where nothing is kept, or where the user has one', async () => {
  expect(await codeCache(nothingKept, project, {})).toEqual({});
  expect(await codeCache(cache, project, { NODE_COMPILE_CACHE: '/mine' })).toEqual({});
});
