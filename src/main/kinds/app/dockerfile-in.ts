import path from 'node:path';
import { isWithin } from '../../lib/path-within.ts';
import { projectFiles, RefusedFile } from '../../lib/project-files.ts';
import { type DockerfileFacts, LARGEST_DOCKERFILE, readDockerfile } from './dockerfile.ts';
import { DOCKERFILE_NAMES } from './dockerfile-names.ts';

/** The first of the usual names that something stands under which is no folder. */
export function usualDockerfile(folder: string): string | undefined {
  const files = projectFiles(folder);
  return DOCKERFILE_NAMES.find((name) => {
    const stats = files.stat(name);
    return stats !== undefined && !stats.isDirectory();
  });
}

export type ReadDockerfile = { facts: DockerfileFacts } | { problem: string };

/**
 * What a Dockerfile in a project's folder says. Runs nothing; never throws.
 *
 * @returns `problem`: why it can't be built from, as a sentence
 */
export function readDockerfileIn(folder: string, name: string): ReadDockerfile {
  if (!isWithin(path.resolve(folder, name), folder)) {
    return { problem: `${name} lies outside of the project's folder.` };
  }
  try {
    const facts = readDockerfile(projectFiles(folder).text(name, LARGEST_DOCKERFILE));
    if (facts.base === null) return { problem: `${name} has no FROM, so nothing can be built.` };
    return { facts };
  } catch (error) {
    if (error instanceof RefusedFile) return { problem: `${error.message}.` };
    return { problem: `${name} ${(error as Error).message}.` };
  }
}
