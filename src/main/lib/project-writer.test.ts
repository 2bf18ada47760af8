import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectWriter } from './project-writer.ts';

let root: string;
let outside: string;
const project = () => path.join(root, 'repository/packages/a');
const writer = () => projectWriter(project());

beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'drydock-writer-')));
  outside = path.join(root, 'outside');
  mkdirSync(path.join(root, 'repository/.git'), { recursive: true });
  mkdirSync(project(), { recursive: true });
  mkdirSync(outside);
});
afterEach(() => rmSync(root, { recursive: true }));

test('what is missing is made, also elsewhere in the repository', async () => {
  await writer().put('out/A.sol/A.json', 'a');
  await writer().put(path.join(root, 'repository/out/B.json'), 'b');
  expect(readFileSync(path.join(project(), 'out/A.sol/A.json'), 'utf8')).toBe('a');
  expect(readFileSync(path.join(root, 'repository/out/B.json'), 'utf8')).toBe('b');
  expect(readdirSync(path.join(project(), 'out/A.sol'))).toEqual(['A.json']);
});

test.each([
  ['a link out of the repository', 'out/A.json', () => symlinkSync(outside, `${project()}/out`)],
  ['a folder above a link', 'out/b/A.json', () => symlinkSync(outside, `${project()}/out`)],
  ['the way out', '../../../outside/A.json', () => undefined],
  ['a link to nothing', 'out/A.json', () => symlinkSync(`${outside}/b`, `${project()}/out`)],
])('%s is refused', async (_, file, prepare) => {
  prepare();
  await expect(writer().put(file, 'a')).rejects.toThrow(/out of|is no folder/);
  expect(readdirSync(outside)).toEqual([]);
});

test('tools that follow links anywhere may be followed', async () => {
  symlinkSync(outside, `${project()}/out`);
  await projectWriter(project(), { linksOut: true }).put('out/b/A.json', 'a');
  expect(readFileSync(`${outside}/b/A.json`, 'utf8')).toBe('a');
});

test('a link in place of a file is replaced', async () => {
  writeFileSync(`${outside}/own`, 'own');
  symlinkSync(`${outside}/own`, `${project()}/A.json`);
  await writer().put('A.json', 'a');
  expect(readFileSync(`${outside}/own`, 'utf8')).toBe('own');
});

test.runIf(process.platform === 'linux')(
  'a held folder is the same wherever its name leads',
  () => {
    using held = writer().make('out');
    renameSync(`${project()}/out`, `${project()}/moved`);
    symlinkSync(outside, `${project()}/out`);
    writeFileSync(`${held.path}/A.json`, 'a');
    expect(readdirSync(outside)).toEqual([]);
    expect(readdirSync(`${project()}/moved`)).toEqual(['A.json']);
  },
);
