import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Keeps text unreadable at rest. `open` throws when the text was sealed with another key. */
export interface Seal {
  seal(text: string): string;
  open(sealed: string): string;
}

/** Seals with AES-256-GCM under a key of 32 bytes. `mark` tells what was sealed under which key. */
export function keySeal(mark: string, key: () => Buffer): Seal {
  return {
    seal(text) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key(), iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return mark + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    },
    open(sealed) {
      if (!sealed.startsWith(mark)) throw new Error('sealed under another key');
      const bytes = Buffer.from(sealed.slice(mark.length), 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString(
        'utf8',
      );
    },
  };
}

/** Seals under a random key in `secret.key` (mode 0600) in the data folder. */
export function keyFileSeal(home: string): Seal {
  let cached: Buffer | undefined;
  return keySeal('k1:', () => {
    cached ??= readOrCreateKey(path.join(home, 'secret.key'));
    return cached;
  });
}

/** Two starts at once agree on one key: the first to link its file wins. */
function readOrCreateKey(file: string): Buffer {
  const read = () => {
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
    if (key.length !== 32) throw new Error(`${file} does not hold a key`);
    chmodSync(file, 0o600);
    return key;
  };
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const own = `${file}.${process.pid}`;
  writeFileSync(own, randomBytes(32).toString('hex'), { mode: 0o600 });
  try {
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own, { force: true });
  }
  return read();
}
