import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { stopPrivateDaemon } from './docker-daemon.ts';
import { RUN_FOLDER } from './docker-run.ts';

/** One daemon for all test files of a run: the first that asks starts it, we stop it at the end. */
export default function setUp(): () => Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'drydock-docker-'));
  process.env[RUN_FOLDER] = folder;
  return async () => {
    await stopPrivateDaemon(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}
