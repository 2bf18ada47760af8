import path from 'node:path';
import { expect, test } from 'vitest';
import { projectFiles } from '#main/lib/project-files.ts';
import { writtenFolder } from '#test/harness/written-folder.ts';
import { tokensOf } from '../../lib/source-tokens.ts';
import { importedFile, importsIn } from './imports-in.ts';

test.each([
  ["import a from './a'", ['./a']],
  ["import './a'", ['./a']],
  ['export * from "../a.js"', ['../a.js']],
  ["const { a } = require('./a'), b = await import('./b')", ['./a', './b']],
  ["import a from 'a'; import fs from 'node:fs'", []],
  ["// import a from './a'", []],
  ["run('./a')", []],
])('%s', (source, imports) => {
  expect(importsIn(tokensOf(source))).toEqual(imports);
});

test.each([
  ['./a', 'scripts/a.ts'],
  ['./a.js', 'scripts/a.ts'],
  ['./lib', 'scripts/lib/index.js'],
  ['../tasks/b.cjs', 'tasks/b.cjs'],
  ['./none', undefined],
  ['../../outside.js', undefined],
])('%s is %s', async (specifier, file) => {
  await using folder = await writtenFolder({
    'outside.js': '',
    'project/scripts/a.ts': '',
    'project/scripts/lib/index.js': '',
    'project/tasks/b.cjs': '',
  });
  const project = path.join(folder.path, 'project');
  expect(importedFile(projectFiles(project), 'scripts/deploy.ts', specifier)).toBe(file);
});
