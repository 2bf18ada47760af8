/** Windows' own switch: https://learn.microsoft.com/windows/win32/api/processenv/nf-processenv-needcurrentdirectoryforexepathw */
export const SEARCH_SWITCH = 'NoDefaultCurrentDirectoryInExePath';

/** Set by Drydock, and not by the user, whose shells and builds shall find what they always do. */
const OWN = 'drydock';

/**
 * From here on a program that is started by its name is looked for in PATH alone. On Windows the
 * working folder comes first otherwise, and that is a project's, trusted or not: a `git.exe` in it
 * would run. Node heeds the variable of the process that starts the program
 * (https://github.com/libuv/libuv/pull/4238).
 */
export function searchPathOnly(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): void {
  if (platform === 'win32') env[SEARCH_SWITCH] ??= OWN;
}

/** Leaves the search of what a program starts itself as the user has it. */
export function withoutOwnSearch(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env[SEARCH_SWITCH] !== OWN) return env;
  const { [SEARCH_SWITCH]: _, ...theirs } = env;
  return theirs;
}
