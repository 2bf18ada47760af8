import path from 'node:path';
import envPaths from 'env-paths';

/** The data folder: `DRYDOCK_HOME`, otherwise the platform's folder for application data. */
export function resolveHome(env: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(env.DRYDOCK_HOME || envPaths('drydock', { suffix: '' }).data);
}
