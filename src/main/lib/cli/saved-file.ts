import { writeFile } from 'node:fs/promises';
import { AppError, messageOf } from '../../shared/errors.ts';
import { expandPath } from '../expand-path.ts';

const REASONS: Record<string, string> = {
  ENOENT: 'its folder is not there',
  ENOTDIR: 'a part of its path is a file',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'its name is too long',
};

/** A file as the core makes it. */
interface MadeFile {
  text: string;
}

interface SavedFile {
  file: string;
  bytes: number;
}

/** Writes what was made to a file; without one it is what is printed. Rejects with BAD_INPUT. */
export async function saved<File extends MadeFile>(
  made: File,
  out: string | undefined,
): Promise<File | SavedFile> {
  if (out === undefined) return made;
  if (out.trim() === '') throw new AppError('BAD_INPUT', 'Give --out a file.', { field: 'out' });
  const file = expandPath(out);
  try {
    await writeFile(file, made.text);
  } catch (error) {
    throw new AppError('BAD_INPUT', `${file} can't be written: ${reasonOf(error)}.`, {
      field: 'out',
    });
  }
  return { file, bytes: Buffer.byteLength(made.text) };
}

function reasonOf(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? messageOf(error);
}

export function savedText(result: MadeFile | SavedFile): string {
  if ('file' in result) return `Wrote ${result.file} (${result.bytes} bytes).`;
  return result.text.replace(/\n$/, '');
}
