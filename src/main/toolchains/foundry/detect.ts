import { stat } from 'node:fs/promises';
import { AppError } from '../../kit/errors.ts';
import { readConfig } from './config.ts';

/** Whether a folder is a Foundry project; if not, what to do about it, as a sentence. */
export async function detectFoundry(
  folder: string,
): Promise<{ ok: true } | { ok: false; reason: string }> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) return { ok: false, reason: `There is no folder ${folder}.` };
  try {
    readConfig(folder);
    return { ok: true };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, reason: error.message };
    throw error;
  }
}
