import { projectFiles } from '../../lib/project-files.ts';
import { environmentFor, profilesIn, readConfig } from './config.ts';

/** The project's own code that a deployment runs, as sentences. */
export function whatRuns(folder: string): string[] {
  const always =
    'forge compiles its contracts and packages and runs its deploy scripts, which can read environment variables and the files that foundry.toml allows.';
  return startsPrograms(folder)
    ? [always, 'Its scripts may start any program, as foundry.toml says ffi = true.']
    : [always];
}

function startsPrograms(folder: string): boolean {
  try {
    const files = projectFiles(folder);
    // A deploy may choose any profile.
    const environments = [process.env, ...profilesIn(files).map(environmentFor)];
    return environments.some((environment) => readConfig(files, environment).ffi);
  } catch {
    return false;
  }
}
