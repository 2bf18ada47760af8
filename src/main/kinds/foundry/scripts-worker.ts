import { type ReadingTask, serveReadings } from '../../solidity/serve-readings.ts';
import type { Script } from './script-list.ts';
import { readScripts } from './scripts.ts';

export interface ScriptsTask extends ReadingTask {
  also: string | undefined;
  env: NodeJS.ProcessEnv;
}

serveReadings<ScriptsTask, Script[]>(({ also, env, trusted }, files, readSource) =>
  readScripts(files, readSource, { also, env, asBuilt: trusted }),
);
