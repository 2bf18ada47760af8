import type { Command, Workspace } from '../../engines/engine.ts';
import { versionIn } from '../../lib/version-in.ts';
import { heard } from './heard.ts';
import type { PackageInstall } from './package-manager.ts';

/** How packages are installed in a place. */
export interface InstallCommand {
  command: Command;
  /** npm brings the manager first, as the place has none, or another version. */
  isBrought: boolean;
}

/**
 * By the manager of that place, in the version that the project names: as Corepack, a release in the
 * repository or the manager itself finds it there. By npm where there is no such one.
 *
 * @param env variables of the command
 */
export async function installCommand(
  workspace: Workspace,
  install: PackageInstall,
  env: Record<string, string>,
  signal: AbortSignal,
): Promise<InstallCommand> {
  const at = { env: { COREPACK_ENABLE_DOWNLOAD_PROMPT: '0', ...env }, cwd: install.folder };
  const own = { ...at, program: install.manager };
  const found =
    install.manager === 'npm'
      ? null
      : await versionSaid(workspace, { ...own, args: ['--version'] }, signal);
  return isFitting(install, found)
    ? { isBrought: false, command: { ...own, args: install.args } }
    : { isBrought: true, command: { ...at, program: 'npm', args: throughNpm(install) } };
}

/** null: it is not there, or refuses to run in this project. */
async function versionSaid(
  workspace: Workspace,
  command: Command,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    return versionIn(await heard(workspace, command, signal)) ?? null;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'TOOL_MISSING') return null;
    throw error;
  }
}

/** Every npm installs what the lock file of another one says. */
export function isFitting(
  { manager, version, package: of }: Pick<PackageInstall, 'manager' | 'version' | 'package'>,
  found: string | null,
): boolean {
  if (manager === 'npm') return true;
  if (found === null) return false;
  if (version !== undefined) return found === version;
  if (manager === 'yarn') return of.startsWith('yarn@') === /^[01]\./.test(found);
  return true;
}

/** bun is a program that its package's own script puts in place. */
export const throughNpm = ({ manager, package: of, args }: PackageInstall): string[] => [
  ...[
    'exec',
    '--yes',
    '--no-update-notifier',
    ...(manager === 'bun' ? ['--ignore-scripts=false'] : []),
  ],
  ...[`--package=${of}`, '--', manager, ...args],
];
