import { expect, test } from 'vitest';
import { versionIn } from './version-in.ts';

test.each<[string, string | undefined]>([
  ['forge Version: 1.7.1\nCommit SHA: 4072e48705', '1.7.1'],
  ['forge Version: 1.5.1-stable\n', '1.5.1'],
  ['forge Version: 1.5.1-v1.5.1\n', '1.5.1'],
  ['forge Version: 1.6.0-rc1-v1.6.0-rc1\n', '1.6.0-rc1'],
  ['forge Version: 1.8.0-nightly\n', '1.8.0-nightly'],
  ['forge 0.2.0 (4405de044f 2024-07-04T02:44:36.8Z)', '0.2.0'],
  ['no version', undefined],
])('%j', (text, version) => {
  expect(versionIn(text)).toBe(version);
});
