import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A file as the core makes it. */
interface MadeFile {
  text: string;
}

interface SavedFile {
  file: string;
  bytes: number;
}

/** Writes what was made to a file; without one it is what is printed. */
export async function saved<File extends MadeFile>(
  made: File,
  out: string | undefined,
): Promise<File | SavedFile> {
  if (out === undefined) return made;
  const file = path.resolve(out);
  await writeFile(file, made.text);
  return { file, bytes: Buffer.byteLength(made.text) };
}

export function savedText(result: MadeFile | SavedFile): string {
  if ('file' in result) return `Wrote ${result.file} (${result.bytes} bytes).`;
  return result.text.replace(/\n$/, '');
}
