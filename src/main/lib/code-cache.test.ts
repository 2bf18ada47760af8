import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let home: string;
let entry: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  home = path.join(folder.path, 'data');
  mkdirSync(home);
  entry = path.join(folder.path, 'entry.mjs');
  writeFileSync(
    entry,
    `import { keepCompiledCode } from ${JSON.stringify(
      pathToFileURL(path.join(import.meta.dirname, 'code-cache.ts')).href,
    )};
    import module from 'node:module';
    keepCompiledCode(process.argv[2], process.argv[1]);
    await import('./loaded.mjs');
    console.log(module.getCompileCacheDir() ?? '');`,
  );
  writeFileSync(path.join(folder.path, 'loaded.mjs'), 'export const one = 1;');
});
afterEach(() => folder[Symbol.asyncDispose]());

/** Runs the entry as Drydock's are run; returns where Node keeps its code, relative to the home. */
function start(at = home): string | null {
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  const dir = execFileSync(process.execPath, ['--no-warnings', entry, at], {
    env,
    encoding: 'utf8',
  });
  return dir.trim() === ''
    ? null
    : path.relative(at, dir.trim()).split(path.sep).slice(0, 2).join('/');
}
const kept = () => readdirSync(path.join(home, '.code-cache'));
const mark = () => `${Math.round(statSync(entry).mtimeMs)}`;

test('code is kept in the data folder for the next start of the same build', () => {
  expect(start()).toBe(`.code-cache/${mark()}`);
  const files = () => readdirSync(path.join(home, '.code-cache', mark()), { recursive: true });
  const first = files();
  expect(first.length).toBeGreaterThan(1);
  expect(start()).toBe(`.code-cache/${mark()}`);
  expect(files()).toEqual(first);
});

test('what was kept of another build is removed', () => {
  mkdirSync(path.join(home, '.code-cache', '1'), { recursive: true, mode: 0o700 });
  start();
  expect(kept()).toEqual([mark()]);
});

test('a half-written or changed cache is no obstacle', () => {
  start();
  const all = path.join(home, '.code-cache', mark());
  for (const one of readdirSync(all, { recursive: true, withFileTypes: true })) {
    if (one.isFile()) writeFileSync(path.join(one.parentPath, one.name), 'junk');
  }
  expect(start()).toBe(`.code-cache/${mark()}`);
  rmSync(all, { recursive: true });
  writeFileSync(all, '');
  expect(start()).toBeNull();
});

test('a data folder that does not exist is not created', () => {
  const none = path.join(folder.path, 'none');
  expect(start(none)).toBeNull();
  expect(existsSync(none)).toBe(false);
});

test.skipIf(process.platform === 'win32')('a folder that others may write to is not used', () => {
  start();
  chmodSync(path.join(home, '.code-cache'), 0o777);
  expect(start()).toBeNull();
});
