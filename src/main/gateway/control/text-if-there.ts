import { readFileSync } from 'node:fs';

/**
 * What stands in a file; null: there is none.
 *
 * @throws for what is there and can't be read
 */
export function textIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
