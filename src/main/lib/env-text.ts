/**
 * Converts a name to that of a variable: `UniswapV2Pair` → `UNISWAP_V2_PAIR`.
 *
 * @param prefix a word for names that don't start with a letter
 */
export function envName(name: string, prefix: string): string {
  const words = name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
  return /^[A-Z]/.test(words) ? words : `${prefix}_${words}`;
}

/** A text that can't end a single-line comment. */
export const commentOf = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, ' ');
