import { readFile, stat, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Prompts } from '../../lib/cli/prompts.ts';
import { expandPath } from '../../lib/expand-path.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import { LONGEST_FILE } from './contract.ts';

const wrong = (field: string, message: string) => new AppError('BAD_INPUT', message, { field });

/** Typed unseen, or from standard input, without its last end of line: other users can see arguments. */
export async function givenValue(name: string, prompts: Prompts | null): Promise<string> {
  if (!prompts) return (await text(process.stdin)).replace(/\r?\n$/, '');
  const typed = await prompts.typeUnseen(`Value of ${name}`);
  if (typed !== undefined) return typed;
  throw wrong('value', `No value was given, and ${name} is as it was.`);
}

/** The text of a regular file of bounded size; "-": of standard input. */
export async function givenFile(typed: string): Promise<string> {
  if (typed === '-') return text(process.stdin);
  const file = expandPath(typed);
  const found = await stat(file).catch(() => undefined);
  // A device or a pipe may never end.
  if (!found?.isFile()) throw wrong('file', `${file} is no file.`);
  if (found.size > LONGEST_FILE) throw wrong('file', `${file} is larger than 1 MB.`);
  return readFile(file, 'utf8').catch(() => {
    throw wrong('file', `${file} can't be read.`);
  });
}

/** Writes what was made so that only this user can read it. */
export async function writtenFile(
  typed: string,
  { text: made, leftOut }: { text: string; leftOut: string[] },
  overwrite: boolean,
): Promise<{ file: string; leftOut: string[] }> {
  const file = expandPath(typed);
  try {
    await writeFile(file, made, { mode: 0o600, flag: overwrite ? 'w' : 'wx' });
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw wrong(
      'file',
      isThere
        ? `${file} is there already. Give another one, or --overwrite.`
        : `${file} can't be written: ${messageOf(error)}.`,
    );
  }
  return { file, leftOut };
}
