import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import './code-cache.ts';
import './no-docker.ts';
import { takeOwnPorts } from './ports.ts';

/** Tools keep caches and keys in HOME; a test must neither find nor leave any in the user's. */
const home = mkdtempSync(path.join(os.tmpdir(), 'drydock-home-'));
process.env.HOME = home;
process.env.USERPROFILE = home;
await takeOwnPorts();
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
