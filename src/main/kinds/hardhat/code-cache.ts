import { sha256 } from '../../lib/sha256.ts';
import type { CompileCache } from '../compile-cache.ts';
import type { KindProject } from '../kind.ts';

/**
 * Variables that let Node keep what it has compiled of the JavaScript that a project's tools are made
 * of, which is a part of the time of every run. What one project leaves there no other one executes.
 * A user who has such a folder keeps it. Source: https://nodejs.org/api/module.html#module-compile-cache
 */
export async function codeCache(
  cache: CompileCache,
  { id, path }: Pick<KindProject, 'id' | 'path'>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Record<string, string>> {
  if (env.NODE_COMPILE_CACHE !== undefined) return {};
  const folder = await cache.folder(sha256(JSON.stringify(['node', id, path])));
  return folder === null ? {} : { NODE_COMPILE_CACHE: folder };
}
