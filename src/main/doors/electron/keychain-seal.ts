import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { safeStorage } from 'electron';
import { keyFileSeal, keySeal, type Seal } from '../../kit/secrets.ts';

/**
 * Seals under a random key that stands in the data folder encrypted by the system's keychain. What
 * the plain key file sealed before stays readable. null where there is no keychain, or it doesn't
 * know our key any more: then the key file is as good as it gets.
 */
export async function keychainSeal(home: string): Promise<Seal | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  // Without a keyring Linux would encrypt with a password that everybody knows.
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') {
    return null;
  }
  const key = await readOrCreateKey(path.join(home, 'secret.keychain'));
  if (!key) return null;
  const own = keySeal('os1:', () => key);
  const plain = keyFileSeal(home);
  return {
    seal: own.seal,
    open: (sealed) => (sealed.startsWith('os1:') ? own : plain).open(sealed),
  };
}

async function readOrCreateKey(file: string): Promise<Buffer | null> {
  try {
    const { result } = await safeStorage.decryptStringAsync(await readFile(file));
    const key = Buffer.from(result, 'hex');
    return key.length === 32 ? key : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return null;
  }
  const key = randomBytes(32);
  await writeFile(file, await safeStorage.encryptStringAsync(key.toString('hex')), {
    mode: 0o600,
    flag: 'wx',
  });
  return key;
}
