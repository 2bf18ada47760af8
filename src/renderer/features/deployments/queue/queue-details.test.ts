import { describe, expect, it } from 'vitest';
import { priorityWord } from '../request/priority.ts';
import { queueWords } from './queue-details.ts';

describe('words of the queue', () => {
  it('keeps the number of a priority that the form has no word for', () => {
    expect([10, 0, -10, 7, -50].map(priorityWord)).toEqual([
      'High',
      'Normal',
      'Low',
      'High (7)',
      'Low (-50)',
    ]);
  });

  it('counts only what is there', () => {
    expect(queueWords(2, 5)).toBe('2 running, 5 waiting');
    expect(queueWords(0, 1)).toBe('1 waiting');
    expect(queueWords(0, 0)).toBe('');
  });
});
