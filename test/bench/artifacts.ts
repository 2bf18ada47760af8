import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '#test/harness/folder.ts';
import { writeArtifacts } from '#test/harness/generated-artifacts.ts';
import { openCore } from './core.ts';
import { type Figure, plainFigure } from './figure.ts';
import { measurePauses, pauseFigures } from './pauses.ts';

const SYNCS = 100;

/** A project with so many compiled contracts is read for the first time. */
export async function artifactStalls(count: number): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  await writeArtifacts(path.join(folder.path, 'many'), count);
  await using core = await openCore();
  await core.client.projects.add({ path: path.join(folder.path, 'many') });
  const pauses = await measurePauses();
  const began = performance.now();
  const listed = await core.client.artifacts.list({ project: 'many' });
  const took = performance.now() - began;
  const stalls = await pauseFigures(pauses, `while ${count} artifacts are read`);
  if (listed.length !== count) throw new Error(`${listed.length} of ${count} artifacts were read`);
  return [
    ...stalls,
    plainFigure(`reading ${count} artifacts`, took, 'ms', null),
    plainFigure(
      `longest of ${SYNCS} bare waits for that disk`,
      longestSync(folder.path),
      'ms',
      null,
    ),
  ];
}

/** What is written waits for its disk now and then: a stall of about this length can be the disk's. */
function longestSync(folder: string): number {
  const file = openSync(path.join(folder, 'synced'), 'w');
  const page = Buffer.alloc(4096);
  let longest = 0;
  for (let i = 0; i < SYNCS; i++) {
    writeSync(file, page);
    const began = performance.now();
    fsyncSync(file);
    longest = Math.max(longest, performance.now() - began);
  }
  closeSync(file);
  return longest;
}
