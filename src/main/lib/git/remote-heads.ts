import { opendir } from 'node:fs/promises';
import path from 'node:path';
import { isCommitHash, packedBelow, type Repository, smallText } from './repository.ts';

/** Enough for any repository with people in it; further ones are passed over. */
const MOST = 2000;

/**
 * The commits that other repositories are known to have, as the last fetch or push has left them.
 * Read from files: no program runs. Source: gitrepository-layout(5).
 */
export async function remoteHeads(repository: Repository): Promise<string[]> {
  const loose = await looseHeads(path.join(repository.commonDir, 'refs', 'remotes'));
  const packed = await packedBelow(repository, 'refs/remotes/');
  return [...new Set([...loose, ...packed])].slice(0, MOST);
}

async function looseHeads(folder: string): Promise<string[]> {
  const heads: string[] = [];
  try {
    for await (const entry of await opendir(folder, { recursive: true })) {
      if (!entry.isFile()) continue;
      const text = (await smallText(path.join(entry.parentPath, entry.name)))?.trim() ?? '';
      if (isCommitHash(text)) heads.push(text);
      if (heads.length >= MOST) break;
    }
  } catch {
    // Nothing was ever fetched or pushed.
  }
  return heads;
}
