/** Longer words are cut: the first 64 bits distinguish any two addresses. */
export const LONGEST_TERM = 16;

/** Lengths of the prefixes that the index can look up; those of the virtual table in db. */
const PREFIXES = [8, 6, 4, 3, 2];

const word = /[\p{L}\p{N}]+/gu;
const hex = /^0x[0-9a-f]+$/i;
const ascii = /^[\x20-\x7e]*$/;
/** Where a word within a word begins: camelCase, ERC20Token, and each character of CJK text. */
const hump =
  /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u;
const hasHump =
  /[\p{Ll}\p{N}]\p{Lu}|\p{Lu}\p{Lu}\p{Ll}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * Adds the terms by which a text is found: its words, and for `UniswapV2Pair` also `V2Pair` and
 * `Pair`, because a search matches beginnings. Hex is found by its digits, with or without 0x.
 */
export function addTerms(text: string, into: Set<string>): void {
  for (const [found] of text.matchAll(word)) {
    if (hex.test(found)) {
      into.add(cut(found.slice(2).toLowerCase(), LONGEST_TERM));
      continue;
    }
    into.add(cut(found.toLowerCase(), LONGEST_TERM));
    if (!hasHump.test(found)) continue;
    let at = 0;
    // A pathological word must not become a hundred terms.
    for (const part of found.split(hump, 12).slice(0, -1)) {
      at += part.length;
      if (at > 0) into.add(cut(found.slice(at).toLowerCase(), LONGEST_TERM));
    }
  }
}

/** The query for the index for such a text: FTS5 terms, already escaped. */
export function indexTerms(text: string): string[] {
  const terms: string[] = [];
  for (const [found] of text.matchAll(word)) {
    const digits = hex.test(found) ? found.slice(2) : found;
    const term = cut(digits.toLowerCase(), LONGEST_TERM);
    const length = Array.from(term).length;
    const prefix = PREFIXES.find((n) => n <= length);
    if (length === LONGEST_TERM) terms.push(`"${term}"`);
    else if (prefix) terms.push(`"${cut(term, prefix)}" *`);
    else terms.push(`"${term}"`);
  }
  return terms;
}

/** The first characters, never splitting one. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  if (ascii.test(text)) return text.slice(0, length);
  return Array.from(text).slice(0, length).join('');
}
