import { expect, test } from 'vitest';
import { projectFiles } from '#main/lib/project-files.ts';
import { writtenFolder } from '#test/harness/written-folder.ts';
import { isFitting, throughNpm } from './manager-command.ts';
import { packageInstall } from './package-manager.ts';

const pinned = (packageManager: string) => ({ 'package.json': { packageManager } });

test.each([
  [pinned('pnpm@9.1.0'), '9.1.0', true],
  [pinned('pnpm@9.1.0'), '10.34.8', false],
  [pinned('yarn@4.9.2+sha256.0a'), '4.9.2', true],
  [pinned('yarn@4.9.2'), '1.22.22', false],
  [pinned('npm@10.2.0'), null, true],
  [{ 'pnpm-lock.yaml': '' }, '8.0.0', true],
  [{ 'pnpm-lock.yaml': '' }, null, false],
  [{ 'yarn.lock': '' }, '1.22.22', true],
  [{ 'yarn.lock': '' }, '4.9.2', false],
  [{ 'yarn.lock': '', '.yarnrc.yml': '' }, '4.9.2', true],
  [{ 'yarn.lock': '', '.yarnrc.yml': '' }, '1.22.22', false],
])('%j is installed by %s: %s', async (files, found, expected) => {
  await using folder = await writtenFolder(files);
  expect(isFitting(packageInstall(projectFiles(folder.path)), found)).toBe(expected);
});

const NPM = 'exec --yes --no-update-notifier';

test.each([
  [pinned('pnpm@9.1.0'), `${NPM} --package=pnpm@9.1.0 -- pnpm install`],
  [pinned('yarn@4.9.2+sha256.0a'), `${NPM} --package=@yarnpkg/cli-dist@4.9.2 -- yarn install`],
  [{ 'yarn.lock': '', '.yarnrc.yml': '' }, `${NPM} --package=@yarnpkg/cli-dist@4 -- yarn install`],
  [{ 'yarn.lock': '' }, `${NPM} --package=yarn@1 -- yarn install`],
  [{ 'bun.lock': '' }, `${NPM} --ignore-scripts=false --package=bun@1 -- bun install`],
])('%j: npm brings what is not there', async (files, expected) => {
  await using folder = await writtenFolder(files);
  const words = throughNpm(packageInstall(projectFiles(folder.path))).join(' ');
  expect(words.slice(0, expected.length)).toBe(expected);
});
