import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { importsOf } from './architecture/imports.ts';
import { judge, placeFor } from './architecture/judge.ts';
import { places, topLevel } from './architecture/places.ts';

const root = path.resolve(import.meta.dirname, '..');
const list = (pattern: string) =>
  globSync(pattern, { cwd: root }).map((file) => file.replaceAll('\\', '/'));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const modules = list('src/**/*.{ts,tsx}')
  .filter((file) => !/\.test\.tsx?$/.test(file))
  .map((file) => ({
    file,
    imports: importsOf(file, read(file)),
  }));

test('every module was seen, with what it imports', () => {
  const onDisk = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' });
  expect(modules.length).toBe(onDisk.filter((name) => /(?<!\.test)\.tsx?$/.test(name)).length);
  expect(modules.length).toBeGreaterThan(150);
  // Nearly every module imports something: a parser that sees nothing would show here.
  expect(modules.flatMap(({ imports }) => imports).length).toBeGreaterThan(3 * modules.length);
});

test('every module lies in its place and imports only what that place may', () => {
  expect(modules.flatMap(({ file, imports }) => judge(file, imports))).toEqual([]);
});

test('every place is in use', () => {
  const used = new Set(modules.map(({ file }) => placeFor(file)));
  expect(places.filter((place) => !used.has(place)).map(({ files }) => files)).toEqual([]);
});

test('nothing but what belongs there lies at the root', () => {
  const ignored = ['node_modules', 'out', 'dist', 'test-results', 'playwright-report'];
  const others = readdirSync(root).filter(
    (name) => !name.startsWith('.') && !ignored.includes(name) && !topLevel.includes(name),
  );
  expect(others).toEqual([]);
});

test('what the window loads of the core is safe in a browser', () => {
  const byFile = new Map(modules.map((module) => [module.file, module.imports]));
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const specifier of byFile.get(file) ?? []) {
      if (specifier.startsWith('.')) visit(path.posix.join(path.posix.dirname(file), specifier));
      else if (specifier.startsWith('#')) visit(`src/${specifier.slice(1)}`);
      else packages.add(specifier);
    }
  };
  visit('src/main/contract.ts');
  visit('src/main/shared/errors.ts');
  expect(seen.size).toBeGreaterThan(8);
  expect([...packages].sort()).toEqual(['@orpc/contract', 'viem', 'zod']);
});

test('the window names its features like the core', () => {
  const inMain = new Set(readdirSync(path.join(root, 'src/main/features')));
  const others = readdirSync(path.join(root, 'src/renderer/features')).filter(
    (name) => !inMain.has(name),
  );
  expect(others).toEqual([]);
});

test('SQL stands in stores alone', () => {
  const files = modules
    .map(({ file }) => file)
    .filter((file) => file.startsWith('src/main/features/'));
  const withSql = files.filter((file) => /\.prepare\(/.test(read(file)));
  expect(withSql.length).toBeGreaterThan(0);
  expect(withSql.filter((file) => !file.endsWith('store.ts'))).toEqual([]);
});

test('git is started in one place', () => {
  const starts = /\b(spawn|spawnSync|execFile|execFileSync|exec|execSync|run)\(\s*['"`]git\b/;
  const files = modules.map(({ file }) => file).filter((file) => starts.test(read(file)));
  expect(files).toEqual(['src/main/lib/git/git.ts']);
});

test('no program is waited for while the loop stands still', () => {
  const waits = /\b(execFileSync|execSync|spawnSync)\b|\bAtomics\.wait\(/;
  expect(waits.test("import { spawnSync } from 'node:child_process';")).toBe(true);
  const files = modules.map(({ file }) => file).filter((file) => waits.test(read(file)));
  expect(files).toEqual([]);
});

test('what is moved or deleted as a whole may be open in another program', () => {
  const moves = /(?<![\w.#])(?:rename(?:Sync)?|writeFileAtomic|rm)\(/g;
  const unguarded = modules.flatMap(({ file }) => {
    const source = read(file);
    const bare = [...source.matchAll(moves)].filter(({ index, 0: call }) => {
      const line = source.slice(index, source.indexOf(';', index));
      const isMove = call !== 'rm(' || line.includes('recursive');
      return isMove && !source.slice(0, index).includes('despiteLocks(');
    });
    return bare.length > 0 ? [file] : [];
  });
  // Sockets are no files on Windows; the others are moved at the start, where nothing can wait.
  expect(unguarded.sort()).toEqual([
    'src/main/db/swap.ts',
    'src/main/gateway/control-socket.ts',
    'src/main/lib/logger.ts',
    'src/main/lib/secrets/data-key.ts',
  ]);
});

test('Electron is never started as Node', () => {
  const files = list('{src,build}/**/*.{ts,mjs}').filter((file) =>
    /ELECTRON_RUN_AS_NODE(?:'|")?\s*[:=]\s*(?:'|")?1/.test(read(file)),
  );
  expect(files).toEqual([]);
});

test('what a project holds is read through its reader alone', () => {
  const direct = list('src/main/kinds/**/*.ts').filter(
    (file) =>
      !file.endsWith('.test.ts') &&
      /from 'node:fs|\b(textOf|namesIn)\b.* from '.*fs-sync\.ts'/.test(read(file)),
  );
  // These read the user's home and the data folder, and what a run of the project's code has left.
  expect(direct.map((file) => path.basename(file)).sort()).toEqual([
    'choose-node.ts',
    'container-place.ts',
    'downloaded-compilers.ts',
    'offline-home.ts',
    'restore-artifacts.ts',
    'run-files.ts',
    'tool-records.ts',
  ]);
});

test('files are named in kebab-case, and none is a barrel', () => {
  const files = list('{src,test,build}/**/*.{ts,tsx,mjs}').filter(
    (file) => !file.startsWith('test/fixtures/') && !file.includes('/node_modules/'),
  );
  const named = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|config))?\.(ts|tsx|mjs)$/;
  expect(files.filter((file) => !named.test(path.basename(file)))).toEqual([]);
  expect(files.filter((file) => /^index\.tsx?$/.test(path.basename(file))).sort()).toEqual([
    'src/main/index.ts',
    'src/preload/index.ts',
  ]);
});

test('tests use real parts', () => {
  const files = list('test/**/*.ts').filter((file) => file !== 'test/architecture.test.ts');
  expect(files.filter((file) => /\bvi\.(do)?[mM]ock\(/.test(read(file)))).toEqual([]);
});

test('the judge is not blind', () => {
  const wrong: [file: string, specifier: string, says: string][] = [
    ['src/main/services/x.ts', './y.ts', 'src/main/features/<name>/contract.ts'],
    ['src/main/features/chains/service.ts', '@orpc/server', 'imports @orpc/server'],
    ['src/main/features/chains/service.ts', 'electron', 'imports electron'],
    ['src/main/features/chains/service.ts', 'better-sqlite3', 'imports better-sqlite3'],
    [
      'src/main/features/chains/service.ts',
      '../networks/service.ts',
      'features/networks/service.ts',
    ],
    ['src/main/features/chains/service.ts', '../../app.ts', 'imports src/main/app.ts'],
    ['src/main/features/chains/contract.ts', 'node:fs', 'imports node:'],
    ['src/main/features/chains/contract.ts', './service.ts', 'features/chains/service.ts'],
    [
      'src/main/features/history/service.ts',
      '../../families/contracts/diff.ts',
      'families/contracts/diff.ts',
    ],
    ['src/main/families/services/diff.ts', '../contracts/diff.ts', 'families/contracts/diff.ts'],
    [
      'src/main/families/services/diff.ts',
      '../../features/deployments/contract.ts',
      'features/deployments/contract.ts',
    ],
    ['src/main/features/chains/store.ts', '../networks/store.ts', 'features/networks/store.ts'],
    ['src/main/doors/host/auth.ts', 'electron', 'imports electron'],
    ['src/main/doors/host/auth.ts', '../../features/chains/service.ts', 'chains/service.ts'],
    ['src/main/engines/docker/exec.ts', '../process/exec.ts', 'engines/process/exec.ts'],
    ['src/main/shared/errors.ts', '../features/chains/contract.ts', 'chains/contract.ts'],
    [
      'src/renderer/features/chains/page.tsx',
      '#main/features/chains/service.ts',
      'chains/service.ts',
    ],
    ['src/renderer/features/chains/page.tsx', 'node:fs', 'imports node:'],
    ['src/renderer/features/chains/page.tsx', '../networks/row.tsx', 'features/networks/row.tsx'],
    ['src/renderer/families/site/panel.tsx', '../contracts/row.tsx', 'contracts/row.tsx'],
    ['src/renderer/core/problem.ts', '../features/chains/page.tsx', 'features/chains/page.tsx'],
    ['src/renderer/ui/button.tsx', '../features/chains/page.tsx', 'renderer/features/chains'],
    ['src/preload/index.ts', '../main/contract.ts', 'imports src/main/contract.ts'],
    ['src/helpers/x.ts', 'zod', 'src/main/'],
  ];
  for (const [file, specifier, says] of wrong) {
    expect([file, specifier, judge(file, [specifier]).join('\n')]).toEqual([
      file,
      specifier,
      expect.stringContaining(says),
    ]);
  }
  const right: [file: string, specifier: string][] = [
    ['src/main/features/chains/service.ts', '../networks/contract.ts'],
    ['src/main/features/chains/service.ts', './store.ts'],
    ['src/main/features/chains/service.ts', 'viem'],
    ['src/renderer/features/chains/page.tsx', '#main/features/networks/contract.ts'],
    ['src/main/doors/electron/main.ts', '../host/discovery-file.ts'],
  ];
  for (const [file, specifier] of right) expect(judge(file, [specifier])).toEqual([]);
});

test('the parser sees every way to import', () => {
  const source = `
    import a from 'a'; import type { B } from 'b'; import * as c from 'c'; import 'd';
    export * from 'e'; export { f } from 'f'; export type { G } from 'g';
    const h = await import('h'); type I = import('i').I;
    // import 'not-this'
    const text = "import 'nor-this'";
  `;
  expect(importsOf('x.ts', source).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
});
