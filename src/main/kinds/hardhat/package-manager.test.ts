import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectFiles } from '#main/lib/project-files.ts';
import { writtenFolder } from '#test/harness/written-folder.ts';
import { packageInstall } from './package-manager.ts';

test.each([
  [{ 'package-lock.json': '{}' }, 'npm ci --ignore-scripts --no-audit --no-fund'],
  [{ 'npm-shrinkwrap.json': '{}' }, 'npm ci --ignore-scripts --no-audit --no-fund'],
  [{}, 'npm install --ignore-scripts --no-audit --no-fund'],
  [{ 'pnpm-lock.yaml': '' }, 'pnpm install --frozen-lockfile --ignore-scripts'],
  [{ 'yarn.lock': '' }, 'yarn install --frozen-lockfile --ignore-scripts --non-interactive'],
  [{ 'yarn.lock': '', '.yarnrc.yml': '' }, 'yarn install --immutable --mode=skip-build'],
  [
    { 'yarn.lock': '', 'package.json': { packageManager: 'yarn@4.9.2+sha256.0a' } },
    'yarn install --immutable --mode=skip-build',
  ],
  [
    { 'yarn.lock': '', 'package.json': { packageManager: 'yarn@1.22.22' } },
    'yarn install --frozen-lockfile --ignore-scripts --non-interactive',
  ],
  [{ 'bun.lockb': '' }, 'bun install --frozen-lockfile --ignore-scripts'],
  [
    { 'package.json': { packageManager: 'pnpm@10.4.1' } },
    'pnpm install --no-frozen-lockfile --ignore-scripts',
  ],
  [
    { 'package-lock.json': '{}', 'package.json': { packageManager: '../../evil@1.0.0' } },
    'npm ci --ignore-scripts --no-audit --no-fund',
  ],
])('%j', async (files, command) => {
  await using folder = await writtenFolder(files);
  const { manager, args } = packageInstall(projectFiles(folder.path));
  expect([manager, ...args].join(' ')).toBe(command);
});

test('the version that packageManager names', async () => {
  await using folder = await writtenFolder({
    'package.json': { packageManager: 'yarn@4.9.2+sha256.0a' },
  });
  expect(packageInstall(projectFiles(folder.path))).toMatchObject({
    version: '4.9.2',
    reason: 'packageManager is yarn@4.9.2+sha256.0a',
  });
});

test('of several lock files the newest counts', async () => {
  await using folder = await writtenFolder({ 'yarn.lock': '', 'pnpm-lock.yaml': '' });
  await utimes(path.join(folder.path, 'yarn.lock'), 1000, 1000);
  expect(packageInstall(projectFiles(folder.path))).toMatchObject({
    manager: 'pnpm',
    reason: 'its lock file is pnpm-lock.yaml, newer than yarn.lock',
  });
});

test('a package of a monorepo is installed from its root', async () => {
  await using folder = await writtenFolder({
    '.git/HEAD': '',
    'package-lock.json': '{}',
    'packages/contracts/package.json': {},
  });
  const files = projectFiles(path.join(folder.path, 'packages/contracts'));
  expect(packageInstall(files)).toMatchObject({ manager: 'npm', folder: folder.path });
});
