import path from 'node:path';
import { RUN_FOLDER } from '../../build/lib/test-run.mjs';

/**
 * What the processes that tests start compile of JavaScript is kept for the whole run: it starts
 * hundreds of gateways, hosts and tools, each on a data folder that has no such cache yet. The
 * runners' own processes read the variable before this sets it: writing a cache as they end is no
 * part of a test.
 */
const run = process.env[RUN_FOLDER];
if (run) process.env.NODE_COMPILE_CACHE ??= path.join(run, 'code-cache');
