import { orFromInput } from './arguments.ts';
import type { Cli } from './cli.ts';

/**
 * What must not stand among a command's arguments: typed unseen in a terminal, else a line of
 * standard input. Undefined when the user leaves the question, or there is nothing to read.
 */
export async function hiddenInput(
  cli: Pick<Cli<unknown>, 'prompts'>,
  question: string,
): Promise<string | undefined> {
  const prompts = await cli.prompts();
  if (prompts) return prompts.typeUnseen(question);
  if (process.stdin.isTTY) return undefined;
  return (await orFromInput('-')) || undefined;
}
