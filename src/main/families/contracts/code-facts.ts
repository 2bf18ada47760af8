import { keccak256 } from 'viem';
import type { CodeFacts } from './contract.ts';

/** `solc` as a key of the CBOR map, then three bytes of a version. */
const solc = /64736f6c6343([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/;

/**
 * What runtime code says about itself. Its metadata is a CBOR map at the end, whose length is the
 * last two bytes: https://docs.soliditylang.org/en/latest/metadata.html
 *
 * @param code 0x and an even number of hex digits, at least one byte
 */
export function codeFacts(code: `0x${string}`): CodeFacts {
  const bytes = (code.length - 2) / 2;
  const trailer = bytes > 2 ? Number.parseInt(code.slice(-4), 16) + 2 : 0;
  const metadata = trailer < bytes ? code.slice(code.length - 2 * trailer) : '';
  // A map of one to five entries; anything else at that place is code.
  const found = /^a[1-5]/.test(metadata);
  const version = found ? solc.exec(metadata) : null;
  return {
    hash: keccak256(code),
    bareHash: found ? keccak256(code.slice(0, -2 * trailer) as `0x${string}`) : keccak256(code),
    bytes,
    compiler: version
      ? `solc ${version
          .slice(1)
          .map((part) => Number.parseInt(part, 16))
          .join('.')}`
      : null,
  };
}
