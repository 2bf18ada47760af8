import { expect, test } from 'vitest';
import { folderCycles } from './cycles.ts';
import { importsOf } from './imports.ts';
import { resolve } from './judge.ts';
import { sources } from './modules.ts';

test('no folders reach one another by imports', () => {
  const modules = [...sources()].map(([file, source]) => ({
    file,
    targets: importsOf(file, source).flatMap((specifier) => resolve(file, specifier) ?? []),
  }));
  expect(folderCycles(modules)).toEqual([]);
});

const a = { file: 'src/a/one.ts', targets: ['src/b/one.ts'] };
const b = { file: 'src/b/one.ts', targets: ['src/c/one.ts'] };

test('a cycle is seen, however long, whichever files make it', () => {
  const back = { file: 'src/c/other.ts', targets: ['src/a/other.ts'] };
  const c = { file: 'src/c/one.ts', targets: [] };
  const more = { file: 'src/a/other.ts', targets: [] };
  expect(folderCycles([a, b, c, more])).toEqual([]);
  expect(folderCycles([a, b, c, more, back])).toEqual([['src/a', 'src/b', 'src/c']]);
});

test('an interface above its parts, and contracts, make no cycle', () => {
  const kind = { file: 'src/kinds/kind.ts', targets: ['src/features/x/contract.ts'] };
  const list = { file: 'src/kinds/all.ts', targets: ['src/kinds/one/kind.ts'] };
  const one = { file: 'src/kinds/one/kind.ts', targets: ['src/kinds/kind.ts'] };
  const contract = { file: 'src/features/x/contract.ts', targets: [] };
  const service = { file: 'src/features/x/service.ts', targets: ['src/kinds/all.ts'] };
  const modules = [kind, list, one, contract, service];
  expect(folderCycles(modules)).toEqual([]);
  const wrong = { file: 'src/kinds/one/wrong.ts', targets: ['src/kinds/all.ts'] };
  expect(folderCycles([...modules, wrong])).toEqual([['src/kinds/all.ts', 'src/kinds/one']]);
});
