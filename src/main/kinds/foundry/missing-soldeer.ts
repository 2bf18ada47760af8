import type { ProjectFiles } from '../../lib/project-files.ts';
import type { LibraryStep } from '../libraries.ts';
import type { FoundryConfig } from './config.ts';
import { LIST_BYTES, MOST_LISTED } from './listed-libraries.ts';

/**
 * What foundry.toml or soldeer.lock lists and the folder `dependencies` lacks, where soldeer
 * installs it as `name-version`. Source: https://soldeer.xyz.
 */
export function missingSoldeer(
  files: ProjectFiles,
  { dependencies }: Pick<FoundryConfig, 'dependencies'>,
  imports: readonly string[],
): LibraryStep[] {
  const lock = files.textIfAny('soldeer.lock', LIST_BYTES) ?? '';
  const locked = [...lock.matchAll(/^name = "(.+)"$/gm)].map(([, name = '']) => name);
  const there = files.entries('dependencies', MOST_LISTED).map(({ name }) => name);
  const missing = [...new Set([...dependencies, ...locked])]
    .slice(0, MOST_LISTED)
    .filter((name) => !there.some((one) => one === name || one.startsWith(`${name}-`)));
  if (missing.length === 0) return [];
  const list = dependencies.length > 0 ? 'foundry.toml' : 'soldeer.lock';
  return [
    {
      tool: 'soldeer',
      program: 'forge',
      args: ['soldeer', 'install'],
      folder: files.folder,
      missing,
      why: `${list} lists ${missing.slice(0, 3).join(', ')} as dependencies, which the folder dependencies does not hold.`,
      fits: imports.some((name) =>
        missing.some(
          (one) => name.startsWith(`${one}-`) || name.startsWith(`dependencies/${one}-`),
        ),
      ),
    },
  ];
}
