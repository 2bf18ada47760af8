import type { ProjectFiles } from '../../lib/project-files.ts';
import { secretsOf } from '../../lib/secrets/secret-variables.ts';
import { type FoundryConfig, readDotenv } from './config.ts';

/**
 * Values of a run's variables and settings that must never be shown: those of the project's `.env`,
 * which forge loads, of its `foundry.toml`, and of the environment, whose name or shape shows that
 * they are secret.
 */
export const secretValues = (
  files: ProjectFiles,
  config: FoundryConfig,
  env: NodeJS.ProcessEnv = process.env,
): string[] => [
  ...new Set([
    ...secretsOf(Object.entries(readDotenv(files))),
    ...secretsOf(config.texts()),
    ...secretsOf(Object.entries(env)),
  ]),
];
