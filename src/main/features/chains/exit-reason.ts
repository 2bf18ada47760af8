import { readFile, writeFile } from 'node:fs/promises';
import { fatalErrorIn } from '../../targets/chain/anvil-error.ts';
import type { ChainFolder } from './folder.ts';

/**
 * The error that an anvil which is gone has ended with, as far as its log tells. The log then holds
 * no secret any more: anvil writes the address of its upstream, and what that said, as it is.
 */
export async function exitReason(
  folder: ChainFolder,
  mask: (text: string) => string,
): Promise<string | undefined> {
  const written = await readFile(folder.log, 'utf8').catch(() => '');
  const log = mask(written);
  if (log !== written) await writeFile(folder.log, log).catch(() => undefined);
  return fatalErrorIn(log);
}
