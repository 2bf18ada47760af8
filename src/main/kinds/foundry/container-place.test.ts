import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { writtenFolder } from '#test/harness/written-folder.ts';
import type { Workspace } from '../../engines/engine.ts';
import { containerPlace } from './container-place.ts';

test('runs that need a compiler for the first time at once all get it whole', async () => {
  await using dataFolder = await temporaryFolder();
  await using solc = await writtenFolder({ 'soljson.js': '//'.padEnd(4_000_000, 'x') });
  const place = containerPlace(dataFolder.path)(solc.path, {} as Workspace);
  const compiler = { version: '0.8.30', folder: solc.path, from: 'project' } as const;
  const homes = await Promise.all(Array.from({ length: 8 }, () => place.with([compiler])));
  const laidOut = path.join(homes[0]?.XDG_DATA_HOME as string, 'svm', compiler.version);
  expect(readdirSync(laidOut).sort()).toEqual(['solc-0.8.30', 'soljson.js']);
  expect(readFileSync(path.join(laidOut, 'soljson.js')).length).toBe(4_000_000);
});
