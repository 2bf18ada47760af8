import { beforeAll, expect, test } from 'vitest';
import { appRoot } from '#main/lib/app-root.ts';
import { ensureBuilt } from '../../build/lib/bundle.mjs';
import { ensureRuntime } from '../../build/lib/runtime.mjs';
import { licences, licenceText } from '../../build/packaging/licences.mjs';
import { packagesFor } from '../../build/packaging/packages.mjs';

/** What may be given out inside of the app, as far as its text or the name of its licence is told. */
const PERMITTED =
  /^(MIT|ISC|0BSD|Apache-2\.0|Apache License, Version 2\.0|BSD-[23]-Clause|OFL-1\.1|BlueOak-1\.0\.0|Python-2\.0|Unlicense|CC0-1\.0|MIT-0|Zlib)$/;

let all: ReturnType<typeof licences> = [];

beforeAll(async () => {
  await ensureBuilt(await ensureRuntime());
  all = licences(appRoot(), packagesFor({ os: 'linux', arch: 'x64' }, { toolchain: false }));
}, 300_000);

test('every package that is bundled or packed is named with a licence that permits it', () => {
  const others = all
    .filter(
      ({ licence }) =>
        !licence
          .replace(/[()]/g, '')
          .split(/ (?:OR|AND|or) /)
          .some((one) => PERMITTED.test(one)),
    )
    .map(({ name, licence }) => `${name}: ${licence}`);
  expect(others).toEqual([]);
  const names = all.map(({ name }) => name);
  // Of the main bundle, of the pages, as assets and styles, and packed as they are.
  for (const name of [
    'dockerode',
    'swagger-ui-dist',
    'react',
    '@fontsource-variable/inter',
    'tailwindcss',
    'better-sqlite3',
    'solc',
  ]) {
    expect(names).toContain(name);
  }
});

test('the text has each licence once, with all that it is of', () => {
  const text = licenceText(all);
  for (const { name, version } of all) expect(text).toContain(`${name} ${version} (`);
  const viem = all.find(({ name }) => name === 'viem');
  expect(text.split(viem?.text as string)).toHaveLength(2);
  expect(text).toContain('GPL-3.0');
});
