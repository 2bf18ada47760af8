import { statSync } from 'node:fs';
import { AppError } from '../shared/errors.ts';
import { databaseFile } from './database-file.ts';

/** Which file or folder stands there; null for none. */
function identityOf(at: string): string | null {
  try {
    const { dev, ino } = statSync(at, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

/**
 * Remembers which data folder and database are open. Tells whether they still stand where
 * they stood: what is written to ones that were moved or deleted would be lost, without any error.
 */
export function presenceOf(home: string): () => boolean {
  const look = () => [identityOf(home), identityOf(databaseFile(home))].join();
  const opened = look();
  return () => look() === opened;
}

export const goneError = (home: string): AppError =>
  new AppError(
    'DATA_FOLDER_UNUSABLE',
    `The data folder ${home}, or the database in it, was moved or deleted while Drydock has it open, so nothing more can be recorded. Move it back, and Drydock goes on; if it is gone for good, end Drydock and start it again.`,
  );
