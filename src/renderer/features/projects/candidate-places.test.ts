import { describe, expect, it } from 'vitest';
import type { Project } from '#main/features/projects/contract.ts';
import type { Candidate } from '#main/shared/kind.ts';
import { chosenOf, placesOf } from './candidate-places.ts';

const candidate = (path: string, kind: string, ...problems: string[]): Candidate => ({
  ...{ path, kind, problems, label: kind.toUpperCase(), evidence: [`${kind}.json`] },
});

const project = (path: string, kind: string): Project => ({
  ...{ id: 1, name: 'known', path, kind, color: null, group: '', addedAt: 0, missing: false },
  ...{ engine: null, dockerfile: null, toolVersions: {}, trustedBy: null },
});

describe('what a folder can be added as', () => {
  it('chooses the folder itself where it can be added in one way, and none below it', () => {
    const places = placesOf([candidate('/a', 'x'), candidate('/a/b', 'y')], '/a/', []);
    expect(places.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(chosenOf(places, {})).toEqual([{ path: '/a', kind: 'x' }]);
    expect(chosenOf(places, { '/a': null, '/a/b': 'y' })).toEqual([{ path: '/a/b', kind: 'y' }]);
  });

  it('chooses none of two ways, nor of two folders that lie side by side', () => {
    const ways = placesOf([candidate('/a', 'x'), candidate('/a', 'y')], '/a', []);
    expect(ways).toHaveLength(1);
    expect(chosenOf(ways, {})).toEqual([]);
    expect(chosenOf(ways, { '/a': 'y' })).toEqual([{ path: '/a', kind: 'y' }]);
    const folders = placesOf([candidate('/a/b', 'x'), candidate('/a/bc', 'x')], '/a', []);
    expect(chosenOf(folders, {})).toEqual([]);
    expect(chosenOf(folders, { '/a/b': 'x', '/a/bc': 'x' })).toHaveLength(2);
  });

  it('takes the way that has no problem, and never one that has', () => {
    const places = placesOf([candidate('/a', 'x', 'broken'), candidate('/a', 'y')], '/a', []);
    expect(chosenOf(places, {})).toEqual([{ path: '/a', kind: 'y' }]);
    expect(chosenOf(places, { '/a': 'x' })).toEqual([]);
  });

  it('offers a folder that is a project already as that alone', () => {
    const both = [candidate('/a', 'x'), candidate('/a', 'y')];
    const places = placesOf(both, '/a', [project('/a', 'y')]);
    expect(places[0]?.ways.map(({ problems }) => problems.length)).toEqual([1, 0]);
    expect(chosenOf(places, {})).toEqual([{ path: '/a', kind: 'y' }]);
  });
});
