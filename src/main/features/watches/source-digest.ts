import { sha256 } from '../../lib/sha256.ts';
import { tokensOf } from '../../lib/source-tokens.ts';

/** Sources in which comments and white space mean nothing to a compiler. */
const CODE = /\.(sol|vy|[cm]?[jt]sx?)$/;
/** In these, white space is part of the language. */
const INDENTED = /\.vy$/;

/**
 * Equal for texts from which a compiler makes the same code: of sources only the words count. What
 * it doesn't know counts whole.
 */
export function sourceDigest(file: string, text: string): string {
  if (!CODE.test(file) || INDENTED.test(file)) return sha256(text);
  return sha256(
    tokensOf(text)
      .map(({ written }) => written)
      .join('\n'),
  );
}
