import * as Keystores from 'ox/Keystore';
import type { Hex } from 'viem';
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts';
import type { Keystore } from './control/protocol.ts';

/** Of keystores that are made here: what geth calls standard is 2^18, and takes twice as long. */
const SCRYPT = { n: 2 ** 17, r: 8, p: 1 };

/** A file could ask for more memory than there is: 128 · n · r bytes. */
const MOST_SCRYPT = 2 ** 20 * 8;
const MOST_PBKDF2 = 10_000_000;

/** A keystore that can't be read for another reason than its password. */
export class KeystoreUnusable extends Error {}

/** Throws KeystoreUnusable; null: the password is wrong. */
export function openKeystore(keystore: Keystore, password: string): Hex | null {
  assertBounded(keystore);
  const known = keystore as unknown as Keystores.Keystore;
  const derived = Keystores.toKey(known, { password });
  try {
    return Keystores.decrypt(known, derived);
  } catch {
    return null;
  }
}

/** Throws when that is no private key. */
export function makeKeystore(
  password: string,
  privateKey: Hex = generatePrivateKey(),
): { address: Hex; keystore: Keystore } {
  const address = privateKeyToAddress(privateKey);
  const [key, how] = Keystores.scrypt({ password, ...SCRYPT });
  const made = Keystores.encrypt(privateKey, key, how);
  // Without it, nobody can tell whose key it is before it is opened.
  const named = { ...made, address: address.slice(2).toLowerCase() };
  return { address, keystore: named as unknown as Keystore };
}

function assertBounded({ crypto: { kdf, kdfparams } }: Keystore): void {
  const count = (name: string) =>
    typeof kdfparams[name] === 'number' ? kdfparams[name] : Infinity;
  const isBounded =
    kdf === 'scrypt'
      ? count('n') * count('r') * count('p') <= MOST_SCRYPT
      : count('c') <= MOST_PBKDF2 && kdfparams.prf === 'hmac-sha256';
  if (!isBounded) throw new KeystoreUnusable('its key derivation takes more than is allowed here');
}
