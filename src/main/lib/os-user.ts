import os from 'node:os';

/** Name of the user that this process runs as; null: the system has none for it. */
export function osUser(): string | null {
  try {
    return os.userInfo().username;
  } catch {
    return null;
  }
}
