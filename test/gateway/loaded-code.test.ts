import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { appRoot } from '#main/lib/app-root.ts';

const built = path.join(appRoot(), 'out', 'main');

/**
 * How much code the built entries load at their start, and which packages beside the bundle.
 *
 * @param entries with what they `import()` at once
 */
function loaded(entries: readonly string[]) {
  const files = new Set<string>();
  const packages = new Set<string>();
  let bytes = 0;
  const visit = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    const code = readFileSync(file, 'utf8');
    bytes += code.length;
    for (const [, name = ''] of code.matchAll(/^import (?:[^"';]+ from )?"([^"]+)";/gm)) {
      if (name.startsWith('.')) visit(path.join(path.dirname(file), name));
      else if (!isBuiltin(name)) packages.add(name);
    }
  };
  for (const entry of entries) visit(path.join(built, entry));
  return { bytes, packages: [...packages] };
}

test('the process of the gateway loads nothing of the core', () => {
  const own = /import\("\.\/(chunks\/main-[^"]+)"\)/.exec(
    readFileSync(path.join(built, 'gateway.js'), 'utf8'),
  )?.[1];
  const { bytes, packages } = loaded(['gateway.js', own ?? '']);
  expect(packages).toEqual([]);
  expect(bytes).toBeLessThan(400_000);
});

test('the thread of a chain loads no schemas, and nothing of the core', () => {
  const { bytes, packages } = loaded(['gateway-chain.js']);
  expect(packages).toEqual([]);
  expect(bytes).toBeLessThan(240_000);
});
