import { text } from 'node:stream/consumers';
import type { Prompts } from '../../lib/cli/prompts.ts';
import { AppError } from '../../shared/errors.ts';

const wrong = (field: string, message: string) => new AppError('BAD_INPUT', message, { field });

/** Typed unseen, or from standard input, without its last end of line: other users can see arguments. */
export async function givenValue(name: string, prompts: Prompts | null): Promise<string> {
  if (!prompts) return (await text(process.stdin)).replace(/\r?\n$/, '');
  const typed = await prompts.typeUnseen(`Value of ${name}`);
  if (typed !== undefined) return typed;
  throw wrong('value', `No value was given, and ${name} is as it was.`);
}
