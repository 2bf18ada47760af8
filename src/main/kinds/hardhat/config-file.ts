import path from 'node:path';
import type { ProjectFiles } from '../../lib/project-files.ts';

/** In the order in which Hardhat 2 looks for them. The last two have to be named with `--config`. */
const CONFIG_NAMES = ['ts', 'cts', 'cjs', 'js', 'mts', 'mjs'].map(
  (extension) => `hardhat.config.${extension}`,
);

/** The name of the configuration in a folder; undefined when there is none. */
export const configIn = (files: ProjectFiles, folder: string): string | undefined =>
  CONFIG_NAMES.find((name) => files.stat(path.join(folder, name))?.isFile());
