import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Keeps text unreadable at rest. `open` throws when the text was sealed with another key. */
export interface Seal {
  seal(text: string): string;
  open(sealed: string): string;
}

/** Seals with AES-256-GCM and a key of 32 bytes. `mark` identifies the key that sealed a text. */
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
