import { projectFiles } from '../../lib/project-files.ts';
import { AppError } from '../../shared/errors.ts';
import type { LibraryPlace, LibraryStep } from '../libraries.ts';
import { type FoundryConfig, readConfig } from './config.ts';
import { missingByForge } from './missing-by-forge.ts';
import { missingPackages } from './missing-packages.ts';
import { missingSoldeer } from './missing-soldeer.ts';
import { missingSubmodules } from './missing-submodules.ts';

/**
 * What would install a project's missing libraries: what provides the imports that were not found
 * comes first. Guesses are used only without anything else.
 */
export function missingLibraries(
  { path: folder, repository }: LibraryPlace,
  imports: readonly string[] = [],
): LibraryStep[] {
  const files = projectFiles(folder);
  const config = configOf(files);
  if (!config) return [];
  const steps = [
    ...missingSubmodules(files, repository, imports, config.remappings),
    ...missingPackages(files, imports),
    ...missingSoldeer(files, config, imports),
  ];
  return steps.length > 0
    ? steps.sort((a, b) => Number(b.fits) - Number(a.fits))
    : missingByForge(files, imports);
}

function configOf(files: Parameters<typeof readConfig>[0]): FoundryConfig | undefined {
  try {
    return readConfig(files);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
