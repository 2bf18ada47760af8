import { type ProjectFiles, projectFiles } from '../../lib/project-files.ts';
import { configIn } from './config-file.ts';
import { hardhatVersion } from './hardhat-version.ts';
import { packageInstall } from './package-manager.ts';

/** What of a project's own code a deploy runs, as sentences. Never throws. */
export function whatRuns(folder: string): string[] {
  const files = projectFiles(folder);
  const config = configIn(files, folder) ?? 'hardhat.config';
  return [
    ...whatInstalls(files),
    `Node runs ${config} and every plugin that it loads, then the script or module that is deployed.`,
    'All of them can read and change files, read environment variables, start programs and use the network.',
  ];
}

function whatInstalls(files: ProjectFiles): string[] {
  try {
    if (hardhatVersion(files).installed) return [];
    const { manager, args } = packageInstall(files);
    return [
      `${manager} ${args[0]} first installs the packages that it lists; scripts of theirs don't run as it does.`,
    ];
  } catch {
    // The folder is gone, or may not be entered.
    return [];
  }
}
