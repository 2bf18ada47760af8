import { expect, test } from 'vitest';
import { SEARCH_SWITCH, searchPathOnly, withoutOwnSearch } from './program-search.ts';

test('programs are looked for in PATH alone, and what they start as the user has it', () => {
  const env: NodeJS.ProcessEnv = { PATH: '/bin' };
  searchPathOnly(env, 'linux');
  expect(env).toEqual({ PATH: '/bin' });
  searchPathOnly(env, 'win32');
  expect(env[SEARCH_SWITCH]).toBeTruthy();
  expect(withoutOwnSearch(env)).toEqual({ PATH: '/bin' });
  // Set by the user, it stays, whatever its value.
  const theirs = { [SEARCH_SWITCH]: '' };
  searchPathOnly(theirs, 'win32');
  expect(theirs).toEqual({ [SEARCH_SWITCH]: '' });
  expect(withoutOwnSearch(theirs)).toEqual(theirs);
});
