import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { resource } from '../../lib/app-root.ts';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { AppError } from '../../shared/errors.ts';

const FOLDER_MODE = 0o755;

/**
 * Writes the files of a kind's template to a folder that is not there yet, or is empty: all of them or
 * none. Rejects with FOLDER_NOT_FOUND, FOLDER_NOT_EMPTY.
 */
export async function putTemplate(kind: string, asked: string): Promise<void> {
  // A link to an empty folder stays, and what it leads to is filled.
  const folder = await realpath(asked).catch(() => asked);
  await assertEmpty(folder);
  const above = path.dirname(folder);
  const made = await mkdtemp(path.join(above, '.drydock-new-')).catch((error: unknown) => {
    throw new AppError(
      'FOLDER_NOT_FOUND',
      `Nothing can be made in ${above}: ${(error as Error).message}. Give a folder in one that is there, and that you may write to.`,
      { field: 'path' },
    );
  });
  try {
    await copyFolder(resource('templates', kind), made);
    // Others may read what is no secret, as in every folder that the user makes.
    await chmod(made, FOLDER_MODE);
    await rmdir(folder).catch(() => undefined);
    await despiteLocks(() => rename(made, folder));
  } catch (error) {
    await despiteLocks(() => rm(made, { recursive: true, force: true }));
    await assertEmpty(folder);
    throw error;
  }
}

async function assertEmpty(folder: string): Promise<void> {
  const inside = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw notEmpty(folder, 'is no folder');
  });
  if (inside.length > 0) throw notEmpty(folder, `has "${inside[0]}" in it`);
}

const notEmpty = (folder: string, why: string): AppError =>
  new AppError(
    'FOLDER_NOT_EMPTY',
    `${folder} ${why}, and nothing of yours is overwritten. Give a folder that is not there yet; to deploy what is there, add it instead.`,
    {
      field: 'path',
      fix: {
        label: 'Add the folder',
        command: `drydock project add "${folder}"`,
        call: { procedure: 'projects.add', input: { path: folder } },
      },
    },
  );

/** File by file: they may lie in an archive, out of which folders can't be copied. */
async function copyFolder(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    // Packages are made without files of that name.
    const target = path.join(to, entry.name === 'gitignore' ? '.gitignore' : entry.name);
    if (entry.isDirectory()) {
      await mkdir(target);
      await copyFolder(source, target);
    } else {
      await writeFile(target, await readFile(source));
    }
  }
}
