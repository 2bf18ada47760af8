import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { appsBelow, detectApp } from './detect.ts';

let folder: string;

beforeEach(async () => {
  const made = await temporaryFolder();
  folder = path.join(made.path, 'project');
  mkdirSync(folder);
  return () => made[Symbol.asyncDispose]();
});

const put = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};

test('tells an app by its Dockerfile, and says why', () => {
  put('Dockerfile', 'FROM node:24\nUSER node\nEXPOSE 3000\nHEALTHCHECK CMD true\n');
  expect(detectApp(folder)).toEqual({
    kind: 'app',
    label: 'App',
    path: folder,
    evidence: [
      'Dockerfile builds from node:24.',
      'Dockerfile exposes port 3000.',
      'It runs as node.',
      'It checks its health with "true".',
    ],
    problems: [],
  });
});

test('takes a Containerfile for one, and the Dockerfile first', () => {
  put('Containerfile', 'FROM a\n');
  expect(detectApp(folder)?.evidence[0]).toBe('Containerfile builds from a.');
  put('Dockerfile', 'FROM b\n');
  expect(detectApp(folder)?.evidence[0]).toBe('Dockerfile builds from b.');
});

test('is silent on a folder without one, and on a folder of that name', () => {
  expect(detectApp(folder)).toBeNull();
  mkdirSync(path.join(folder, 'Dockerfile'));
  expect(detectApp(folder)).toBeNull();
});

test.each([
  ['a named pipe', (file: string) => execFileSync('mkfifo', [file]), 'named pipe'],
  ['a link to a device', (file: string) => symlinkSync('/dev/zero', file), 'a device'],
  ['a link out of it', (file: string) => symlinkSync('/etc/passwd', file), 'leads out of'],
  ['huge', (file: string) => writeFileSync(file, `FROM a\n${'#'.repeat(70_000)}`), 'larger than'],
  ['without FROM', (file: string) => writeFileSync(file, 'RUN true\n'), 'has no FROM'],
])('says of a Dockerfile that is %s what stands in the way', (_, make, why) => {
  make(path.join(folder, 'Dockerfile'));
  const found = detectApp(folder);
  expect(found?.problems).toEqual([expect.stringContaining(why)]);
});

test('finds those one and two levels below, and none in what was installed', () => {
  for (const name of ['web', 'services/api', 'services/deep/er', 'node_modules/x', '.hidden']) {
    put(`${name}/Dockerfile`, 'FROM a\n');
  }
  const names = appsBelow(folder).map((one) => path.relative(folder, one));
  expect(names).toEqual(['web', 'services/api']);
});
