import { type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';

/**
 * What a feed tells of a version, as far as an update is made of it. The format is
 * electron-builder's `latest.yml`, with `signature` added.
 */
const signedPart = z.object({
  version: z.string(),
  files: z.array(z.object({ url: z.string(), sha512: z.string(), size: z.int() })).min(1),
  releaseNotes: z.string().nullish(),
});
type SignedPart = z.infer<typeof signedPart>;

const signedFeed = signedPart.extend({ signature: z.base64() });

/** It can't be read as anything else that is ever signed with the same key. */
const PURPOSE = 'drydock update 1';

function signedText({ version, files, releaseNotes }: SignedPart): Buffer {
  const known = files.map(({ url, sha512, size }) => [url, sha512, size]);
  return Buffer.from(JSON.stringify([PURPOSE, version, known, releaseNotes ?? '']));
}

/** @param feed parsed. @param key ed25519. Returns base64. Throws when the feed lacks something. */
export const signatureOf = (feed: unknown, key: KeyObject): string =>
  sign(null, signedText(signedPart.parse(feed)), key).toString('base64');

/** Whether who has the private key of `key` has signed what an update is made of. */
export function isSigned(feed: unknown, key: KeyObject): boolean {
  const { success, data } = signedFeed.safeParse(feed);
  return success && verify(null, signedText(data), key, Buffer.from(data.signature, 'base64'));
}
