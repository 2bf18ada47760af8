import { mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from './folder.ts';

export interface WrittenFolder extends AsyncDisposable {
  /** Absolute, with symbolic links resolved. */
  path: string;
}

/** A temporary folder with these files, by path; a content that isn't text is written as JSON. */
export async function writtenFolder(files: Record<string, unknown>): Promise<WrittenFolder> {
  const made = await temporaryFolder();
  const root = await realpath(made.path);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return { path: root, [Symbol.asyncDispose]: () => made[Symbol.asyncDispose]() };
}
