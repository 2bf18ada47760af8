import { expect, test } from 'vitest';
import { withoutTimes } from './selected-text.ts';

test('times in front of lines are left out, and nothing else', () => {
  expect(withoutTimes('12:41:07.102 one\n12:41:07.103 two 12:41:07.104 three', 0)).toBe(
    'one\ntwo 12:41:07.104 three',
  );
});

test('a selection that begins in a line begins with what is selected of it', () => {
  expect(withoutTimes('ne\n12:41:07.103 two', 14)).toBe('ne\ntwo');
  expect(withoutTimes('07.102 one', 6)).toBe('one');
  expect(withoutTimes('12:41:07.102 said', 20)).toBe('12:41:07.102 said');
});
