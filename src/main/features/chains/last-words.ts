import { readFile } from 'node:fs/promises';
import { isSecretUrl, masker } from '../../kit/mask.ts';
import type { ChainFolder } from './folder.ts';
import type { ChainNetwork } from './parts.ts';

/** Why anvil ended, by the last error in its log; without the fork's address if that is secret. */
export async function lastWords(
  folder: ChainFolder,
  network: ChainNetwork,
): Promise<string | undefined> {
  const log = await readFile(folder.log, 'utf8').catch(() => '');
  const lines = log.split('\n').map((line) => line.trim());
  const error = lines.findLast((line) => /^(Error|error|thread '|panicked)/.test(line));
  if (!error) return undefined;
  const mask = masker(network.url && isSecretUrl(network.url) ? [network.url] : []);
  return mask(error.replace(/^error:\s*/i, '')).slice(0, 300);
}
