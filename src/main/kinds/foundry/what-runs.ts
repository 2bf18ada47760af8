import { projectFiles } from '../../lib/project-files.ts';
import { readConfigs } from './config.ts';

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
    // A deploy may choose any profile.
    return readConfigs(projectFiles(folder)).some(({ config }) => config.ffi);
  } catch {
    return false;
  }
}
