import { expect, test } from 'vitest';
import { eventTypes } from '#main/features/events/contract.ts';
import { eventWords } from './event-words.ts';

test('every event has words of its own, none of them its raw name', () => {
  const words = eventTypes.map(eventWords);
  expect(new Set(words).size).toBe(eventTypes.length);
  for (const text of words) expect(text).toMatch(/^[A-Z][a-z]+( [a-z]+)+$/);
  expect(eventWords('deployment.ended')).toBe('Deployment ended');
});
