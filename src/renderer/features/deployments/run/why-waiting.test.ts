import { describe, expect, it } from 'vitest';
import { whyWaiting } from './why-waiting.ts';

const run = (id: number, project: string, target: string) => ({
  id,
  number: id,
  project: { id: project.length, name: project },
  target,
});

describe('why a run waits', () => {
  it('names the running one of its project before the one on its network', () => {
    const waiting = [run(9, 'abc', 'local')];
    const running = [run(1, 'x', 'local'), run(2, 'abc', 'fork')];
    expect(whyWaiting(run(9, 'abc', 'local'), { running, waiting }, 4)).toBe('x #1 runs on local');
    expect(whyWaiting(run(9, 'abc', 'own'), { running, waiting }, 4)).toBe('abc #2 runs');
  });

  it('names one ahead of it in the list, and none behind it', () => {
    const waiting = [run(5, 'abc', 'local'), run(3, 'x', 'local'), run(4, 'x', 'own')];
    const queue = { running: [], waiting };
    expect(whyWaiting(run(3, 'x', 'local'), queue, 4)).toBe('abc #5 is before it on local');
    expect(whyWaiting(run(4, 'x', 'own'), queue, 4)).toBe('x #3 is before it');
    expect(whyWaiting(run(5, 'abc', 'local'), queue, 4)).toBe('Begins in a moment');
  });

  it('says that all places are taken only when nothing else is in the way', () => {
    const waiting = [run(9, 'abc', 'own')];
    const running = [run(1, 'x', 'local')];
    expect(whyWaiting(run(9, 'abc', 'own'), { running, waiting }, 1)).toBe('One run at a time');
    expect(whyWaiting(run(9, 'abc', 'own'), { running, waiting }, 2)).toBe('Begins in a moment');
  });

  it('does not take the rest of the list for being ahead of a run that has left it', () => {
    const queue = { running: [], waiting: [run(1, 'abc', 'own')] };
    expect(whyWaiting(run(2, 'abc', 'own'), queue, 2)).toBe('Begins in a moment');
  });
});
