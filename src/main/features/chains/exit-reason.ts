import { readFile, writeFile } from 'node:fs/promises';
import type { ChainFolder } from './folder.ts';

/**
 * Why an anvil that has ended did so, by the last error in its log and what led to it. The log then
 * holds no secret any more: anvil writes the address of its upstream, and what that said, as it is.
 */
export async function exitReason(
  folder: ChainFolder,
  mask: (text: string) => string,
): Promise<string | undefined> {
  const written = await readFile(folder.log, 'utf8').catch(() => '');
  const log = mask(written);
  if (log !== written) await writeFile(folder.log, log).catch(() => undefined);
  const lines = log.split('\n').map((line) => line.trim());
  const at = lines.findLastIndex((line) => /^(Error|error|thread '|panicked)/.test(line));
  if (at < 0) return undefined;
  // `Context:` and a list, from the outermost reason to the innermost.
  const cause = lines.slice(at + 1).findLast((line) => /^(-|\d+:) /.test(line));
  const words = [lines[at], cause?.replace(/^(-|\d+:) /, '')].filter(Boolean).join(': ');
  return words.replace(/^error:\s*/i, '').slice(0, 300);
}
