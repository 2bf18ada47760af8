import { describe, expect, it } from 'vitest';
import { editsOf, type HeaderEdit, headerEdits, headerProblem } from './header-edits.ts';

const added = (name: string, value: string): HeaderEdit => ({ name, value, isSaved: false });

describe('request headers in the form of a network', () => {
  it('names those that are set, replaced and removed, and leaves the rest out', () => {
    const [kept, replaced, removed] = editsOf(['x-kept', 'x-replaced', 'x-removed']);
    expect(
      headerEdits.parse([
        kept,
        { ...replaced, value: 'new' },
        { ...removed, value: null },
        added(' X-Added ', ' one '),
        added('', ''),
      ]),
    ).toEqual({ 'x-replaced': 'new', 'x-removed': null, 'X-Added': 'one' });
  });

  it.each([
    ['host', 'a', /set for each request/],
    ['no spaces', 'a', /a name such as/],
    ['', 'a', /a name such as/],
    ['x-key', '', /\S/],
    ['x-key', 'ä', /plain ASCII/],
    ['Authorization', 'a', /in the list already/],
  ])('stops “%s: %s”', (name, value, words) => {
    const edits = [...editsOf(['authorization']), added(name, value)];
    expect(headerProblem(edits[1] as HeaderEdit, edits)).toMatch(words);
    expect(headerEdits.safeParse(edits).success).toBe(false);
  });
});
