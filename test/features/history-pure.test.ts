import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HistoryItem } from '#main/features/history/contract.ts';
import { type DiffSide, diffDeployments } from '#main/features/history/diff.ts';
import { environmentOf } from '#main/features/history/environment.ts';
import { distinctNames } from '#main/lib/distinct-names.ts';
import type { CommitRange } from '#main/shared/commit-range.ts';
import { csv } from '#main/shared/csv.ts';
import { rounds, seed } from '#test/harness/rounds.ts';

const item: HistoryItem = {
  id: 1,
  number: 1,
  project: { id: 1, name: 'p' },
  kind: 'foundry',
  family: 'contracts',
  target: 'local',
  title: 'script/Deploy.s.sol:Deploy run()',
  status: 'succeeded',
  live: true,
  summary: {
    ...{ family: 'contracts', chainId: 31337, sender: null, source: null, contractCount: 0 },
    ...{ transactionCounts: { planned: 1, sent: 1, mined: 1 }, gasUsed: '21000' },
  },
  commit: 'a'.repeat(40),
  branch: 'main',
  dirty: 0,
  createdAt: 1,
  startedAt: 1,
  endedAt: 2,
  failure: null,
  trigger: 'manual',
  pinned: false,
  note: '',
  tags: [],
};
const commits: CommitRange = {
  a: item.commit,
  b: item.commit,
  added: [],
  removed: [],
  truncated: false,
  problem: null,
};
const side = (extra: Partial<DiffSide> = {}): DiffSide => ({
  item,
  input: {},
  environment: [],
  ...extra,
});
const made = (same: boolean) => ({
  facts: [{ name: 'gas', a: '1', b: same ? '1' : '2', changed: !same }],
  parts: { contracts: [], calls: [], services: [] },
  same,
});

describe('a comparison', () => {
  test('of equals is the same, whatever the times and hashes', () => {
    const other = { ...item, id: 2, number: 2, createdAt: 9, startedAt: 9, endedAt: 99 };
    const diff = diffDeployments(side(), side({ item: other }), made(true), commits);
    expect(diff).toMatchObject({ same: true });
  });

  test('tells of the runs, then of what they made, and is the same only if both are', () => {
    const { facts, same } = diffDeployments(side(), side(), made(false), commits);
    expect(facts.map(({ name }) => name)).toEqual([
      ...['project', 'target', 'result', 'what', 'branch', 'commit', 'changed files', 'gas'],
    ]);
    expect(same).toBe(false);
    const b = side({ input: { port: 3000 } });
    const diff = diffDeployments(side(), b, made(true), commits);
    expect(diff.facts).toContainEqual({ name: 'port', a: null, b: '3000', changed: true });
    expect(diff.same).toBe(false);
  });

  test('environments are held against each other by name', () => {
    const a = side({ environment: ['KEY', 'OLD'] });
    const b = side({ environment: ['NEW', 'KEY'] });
    const { environment } = diffDeployments(a, b, made(true), commits);
    expect(environment).toEqual({
      a: ['KEY', 'OLD'],
      b: ['KEY', 'NEW'],
      added: ['NEW'],
      removed: ['OLD'],
    });
    const unknown = diffDeployments(a, side({ environment: null }), made(true), commits);
    expect(unknown.environment).toMatchObject({ b: null, added: [], removed: [] });
  });
});

test('names of variables are read off a command, never their values', () => {
  expect(environmentOf("A=1 B='two words' C=it\\'s forge script X=1 --sig 'run()'")).toEqual([
    'A',
    'B',
    'C',
  ]);
  expect(environmentOf('forge script')).toEqual([]);
  expect(environmentOf(null)).toBeNull();
});

test('names are distinct, and adding one later renames none', () => {
  expect(distinctNames(['A', 'A', 'A_2', 'A', null, null])).toEqual([
    'A',
    'A_3',
    'A_2',
    'A_4',
    'Unnamed',
    'Unnamed_2',
  ]);
  const name = fc.constantFrom('A', 'A_2', 'A_3', 'B', 'B_2', null);
  fc.assert(
    fc.property(fc.array(name), (names) => {
      const distinct = distinctNames(names);
      expect(new Set(distinct).size).toBe(names.length);
    }),
    { seed, numRuns: rounds(100, 5000) },
  );
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('A', 'B', 'C')),
      fc.constantFrom('A', 'D'),
      (names, one) => {
        expect(distinctNames([...names, one]).slice(0, -1)).toEqual(distinctNames(names));
      },
    ),
  );
});

test('CSV is that of RFC 4180: any cell comes back as it was', () => {
  expect(
    csv([
      ['a', null, 1, true],
      ['x,y', 'say "hi"', 'two\nlines', ''],
    ]),
  ).toBe('a,,1,true\r\n"x,y","say ""hi""","two\nlines",\r\n');
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { minLength: 1, maxLength: 4 })), (rows) => {
      expect(parsed(csv(rows))).toEqual(rows);
    }),
    { seed, numRuns: rounds(100, 5000) },
  );
});

/** A reader of RFC 4180, for the test alone. */
function parsed(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let value = '';
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        value += text[at];
        if (text[at] === '"') at++;
      }
      at++;
    } else {
      while (text[at] !== ',' && text[at] !== '\r') value += text[at++];
    }
    row.push(value);
    if (text[at] === ',') {
      at++;
    } else {
      rows.push(row);
      row = [];
      at += 2;
    }
  }
  return rows;
}
