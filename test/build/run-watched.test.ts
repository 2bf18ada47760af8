import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { runWatched } from '../../build/lib/run-watched.mjs';

const options = { stdio: 'ignore' } as const;

async function aProgressFile(): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  return path.join(folder.path, 'running.txt');
}

test('a program that ends has its own exit code', async () => {
  const progress = await aProgressFile();
  expect(await runWatched(process.execPath, ['-e', ''], options, { progress })).toBe(0);
  const failing = ['-e', 'process.exit(3)'];
  expect(await runWatched(process.execPath, failing, options, { progress })).toBe(3);
});

test('one that stands still is ended, and has failed', async () => {
  const progress = await aProgressFile();
  writeFileSync(progress, 'some test');
  const endless = ['-e', 'setInterval(() => {}, 1000)'];
  const watch = { progress, mostStill: 200 };
  expect(await runWatched(process.execPath, endless, options, watch)).not.toBe(0);
});

test('one that gets on and on is ended at last, also when it then says that all is well', async () => {
  const progress = await aProgressFile();
  const busy = `process.on('SIGTERM', () => process.exit(0));
    setInterval(() => require('fs').writeFileSync(${JSON.stringify(progress)}, 'on'), 20)`;
  const watch = { progress, mostStill: 5000, most: 1000 };
  expect(await runWatched(process.execPath, ['-e', busy], options, watch)).toBe(1);
});
