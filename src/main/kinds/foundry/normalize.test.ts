import { afterAll, expect, test } from 'vitest';
import { writtenFolder } from '#test/harness/written-folder.ts';
import { projectFiles } from '../../lib/project-files.ts';
import { choicesOf } from './choices.ts';
import { forge } from './forge.ts';
import { normalize } from './normalize.ts';

const tool = forge({ dataFolder: '/nowhere' });
afterAll(() => tool.close());

const GOOD = 'contract Good { constructor() {} }';
const SCRIPT = 'contract Other { function run() external {} }';
const BROKEN = 'contract Bad {\n  uint256 x = ;\n  function run() external {}\n}';

const within = async <T>(files: object, use: (folder: string) => Promise<T>): Promise<T> => {
  await using folder = await writtenFolder({ 'foundry.toml': '', ...files });
  return await use(folder.path);
};
const of = (files: object, script?: string) =>
  within(files, (folder) => normalize(tool, { script }, folder));
const unread = (...words: string[]) =>
  expect.objectContaining({
    code: 'SOURCE_UNREADABLE',
    message: expect.stringMatching(new RegExp(words.join('.*'))),
  });

test('a broken standard script is told of, whatever other scripts there are', async () => {
  const files = { 'script/Deploy.s.sol': BROKEN, 'script/Other.s.sol': SCRIPT };
  const told = unread('script/Deploy.s.sol', 'Line 2', 'script/Deploy.s.sol:Deploy');
  await expect(of(files)).rejects.toThrow(told);
  await expect(of(files, 'script/Deploy.s.sol')).rejects.toThrow(told);
  expect(await of(files, 'script/Deploy.s.sol:Bad')).toMatchObject({ sig: 'run()' });
  expect(await of(files, 'script/Other.s.sol')).toMatchObject({ sig: 'run()' });
  const others = { 'script/A.s.sol': BROKEN, 'script/Other.s.sol': SCRIPT };
  await expect(of(others)).rejects.toMatchObject({ code: 'SCRIPT_AMBIGUOUS' });
});

test('a contract in a source that can not be read is missed with its file, line and reason', async () => {
  const files = { 'src/Bad.sol': BROKEN, 'src/Good.sol': GOOD };
  const told = unread('src/Bad.sol', 'Line 2');
  await expect(of(files)).rejects.toThrow(told);
  await expect(of(files, 'Bad')).rejects.toThrow(told);
  await expect(of(files, 'src/Bad.sol')).rejects.toThrow(told);
  await expect(of({ 'src/Bad.sol': 'contrct Bad {}' }, 'Bad')).rejects.toThrow(unread('Line 1'));
  await expect(of({ 'src/Bad.sol': 'contract {}' }, 'Bad')).rejects.toThrow(unread('Line 1'));
  expect(await of(files, 'Good')).toMatchObject({ script: 'src/Good.sol:Good' });
  // The compiler decides.
  expect(await of(files, 'src/Bad.sol:Bad')).toMatchObject({ sig: 'constructor' });
});

test('what can not be read is listed with its reason, once', async () => {
  const files = {
    'src/Bad.sol': BROKEN,
    'src/Good.sol': GOOD,
    'src/Port.sol': 'interface Port { function f(uint) external; }',
    'script/Deploy.s.sol': BROKEN,
  };
  const { entries } = await within(files, async (folder) =>
    choicesOf(await tool.scripts(folder), await tool.contracts(projectFiles(folder)).all(), []),
  );
  const problem = expect.stringContaining('Line 2: ');
  expect(entries.map((one) => [one.value, one.problem])).toEqual([
    ['script/Deploy.s.sol', problem],
    ['src/Good.sol:Good', undefined],
    ['src/Bad.sol', problem],
  ]);
});
