import { readFile } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';
import { orFromInput } from './arguments.ts';

/**
 * The JSON of a file; "-" stands for standard input. Rejects with BAD_INPUT.
 *
 * @param hint what to give, for the message
 */
export async function jsonIn(
  file: string,
  { field, hint }: { field: string; hint: string },
): Promise<unknown> {
  const bad = (why: string) => new AppError('BAD_INPUT', `${why} ${hint}`, { field });
  const text =
    file === '-'
      ? await orFromInput(file)
      : await readFile(file, 'utf8').catch(() => {
          throw bad(`${file} can't be read.`);
        });
  try {
    return JSON.parse(text);
  } catch {
    throw bad(`${file === '-' ? 'Standard input' : file} holds no JSON.`);
  }
}
