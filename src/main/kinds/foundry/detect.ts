import { projectFiles } from '../../lib/project-files.ts';
import { AppError } from '../../shared/errors.ts';
import type { Candidate } from '../../shared/kind.ts';
import { readConfig } from './config.ts';
import { foundryInfo } from './info.ts';

const CONFIG = 'foundry.toml';

/** See `Kind.detect`: a foundry.toml identifies the project, and a mistake in it is a problem. */
export async function detectFoundry(folder: string): Promise<Candidate | null> {
  if (!projectFiles(folder).stat(CONFIG)) return null;
  return {
    kind: foundryInfo.id,
    label: foundryInfo.label,
    path: folder,
    evidence: [CONFIG],
    problems: problemsOf(folder),
  };
}

function problemsOf(folder: string): string[] {
  try {
    readConfig(projectFiles(folder));
    return [];
  } catch (error) {
    if (error instanceof AppError) return [error.message];
    throw error;
  }
}
