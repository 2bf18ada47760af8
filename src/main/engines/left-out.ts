import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { resource } from '../lib/app-root.ts';
import type { PinnedPackage } from '../lib/npm/tarball.ts';

/** Written by `build/packaging` into packages that leave tools out. */
const leftOutFile = z.array(
  z.object({
    name: z.string().regex(/^@[\w-]+\/[\w-]+$/),
    version: z.string().regex(/^[\w.-]+$/),
    integrity: z.string().startsWith('sha512-'),
  }),
);

/** The packages with tools that this Drydock was packed without; none in a checkout. */
export function leftOutPackages(file = resource('left-out-tools.json')): PinnedPackage[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return leftOutFile.parse(JSON.parse(text));
}
