import { SEARCH_SWITCH } from '../program-search.ts';
import { windowsProgram } from './windows-programs.ts';

export interface Started {
  program: string;
  args: string[];
  env: Record<string, string>;
}

/**
 * How a package manager is started. On Windows it is a script (`npm.cmd`), which Node refuses to
 * start by itself (https://nodejs.org/en/blog/vulnerability/april-2024-security-releases-2), so that
 * a shell does, which finds it in PATH and not in the folder of the project.
 *
 * @param args fixed words: a shell reads them
 */
export function startScript(
  program: string,
  args: readonly string[],
  platform: NodeJS.Platform = process.platform,
): Started {
  if (platform !== 'win32') return { program, args: [...args], env: {} };
  const odd = args.find((word) => !/^[\w@:=,./\\-]+$/.test(word));
  if (odd !== undefined) throw new Error(`"${odd}" is no word for a shell of Windows`);
  const [shell] = windowsProgram('cmd.exe');
  return { program: shell, args: ['/d', '/c', program, ...args], env: { [SEARCH_SWITCH]: '1' } };
}
