import { expect, it } from 'vitest';
import { localText } from './local-text.ts';

it('writes a time as the same time is read', () => {
  for (const seconds of [1_700_000_001, 4_102_444_800, 253_402_300_000]) {
    expect(Date.parse(localText(seconds)) / 1000).toBe(seconds);
  }
});
