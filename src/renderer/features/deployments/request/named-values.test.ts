import { expect, it } from 'vitest';
import {
  missingParameter,
  namedValue,
  otherLines,
  withNamedValue,
  withOtherLines,
} from './named-values.ts';

const parameters = [
  { name: 'Lock.owner', type: 'address' },
  { name: 'Lock.time', type: 'uint256', default: '10n ** 18n' },
];
const call = { value: 'go', label: 'go', isDefault: true, parameters };

it('keeps one line for each value, and none for an empty one', () => {
  const one = withNamedValue([], 'Lock.time', '7');
  expect(one).toEqual(['Lock.time=7']);
  const two = withNamedValue(withNamedValue(one, 'Lock.owner', 'a=b'), 'Lock.time', '8');
  expect(two).toEqual(['Lock.time=8', 'Lock.owner=a=b']);
  expect(namedValue(two, 'Lock.owner')).toBe('a=b');
  expect(withNamedValue(two, 'Lock.time', '')).toEqual(['Lock.owner=a=b']);
  expect(namedValue(['Lock.time'], 'Lock.time')).toBe('');
});

it('leaves what else is typed as it is', () => {
  const typed = withOtherLines(['Lock.time=7'], parameters, 'Other.x=1\n\nOther');
  expect(typed).toEqual(['Lock.time=7', 'Other.x=1', '', 'Other']);
  expect(otherLines(typed, parameters).join('\n')).toBe('Other.x=1\n\nOther');
  expect(withOtherLines(typed, parameters, '')).toEqual(['Lock.time=7']);
});

it('misses what has no default', () => {
  expect(missingParameter({ call, value: undefined })).toEqual({
    message: 'Fill in Lock.owner.',
    argument: 0,
  });
  expect(missingParameter({ call, value: ['Lock.owner=0x1'] })).toBeNull();
  expect(missingParameter({ call: undefined, value: undefined })).toBeNull();
});
