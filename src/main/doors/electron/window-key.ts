import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { safeStorage } from 'electron';
import { keySeal, type Seal } from '../../lib/secrets/seal.ts';

/**
 * Opens what the window once sealed under a key that stands in the data folder encrypted by the
 * system's keychain; null when it never did. Waits for as long as the keychain is locked. Throws
 * when the keychain doesn't know the key any more.
 */
export async function windowKey(home: string): Promise<Pick<Seal, 'open'> | null> {
  const encrypted = await readFile(path.join(home, 'secret.keychain')).catch(() => null);
  if (!encrypted) return null;
  if (!(await safeStorage.isAsyncEncryptionAvailable())) {
    throw new Error('the keychain of the system is not available');
  }
  const { result } = await safeStorage.decryptStringAsync(encrypted);
  const key = Buffer.from(result, 'hex');
  if (key.length !== 32) throw new Error('the keychain of the system holds another key');
  return keySeal('os1:', () => key);
}
