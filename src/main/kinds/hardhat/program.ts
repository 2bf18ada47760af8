import path from 'node:path';
import { z } from 'zod';
import type { ManifestFiles } from './manifest.ts';

const manifest = z.object({
  bin: z.union([z.string(), z.object({ hardhat: z.string() }).transform(({ hardhat }) => hardhat)]),
});

/**
 * The JavaScript file of an installed Hardhat that runs its tasks; null: it has none.
 *
 * @param folder of the package
 */
export function hardhatProgram(files: ManifestFiles, folder: string): string | null {
  try {
    const text = files.textIfAny(path.join(folder, 'package.json')) ?? '';
    const { data } = manifest.safeParse(JSON.parse(text));
    return data ? path.join(folder, data.bin) : null;
  } catch {
    return null;
  }
}
