import { expect, test } from 'vitest';
import { markerWords } from './marker-words.ts';

test('files that differ in their ending alone are one', () => {
  expect(markerWords(['a.toml', 'b.config.ts', 'b.config.js', 'Dockerfile'])).toBe(
    'a.toml, b.config.* or Dockerfile',
  );
  expect(markerWords(['a.toml'])).toBe('a.toml');
});
