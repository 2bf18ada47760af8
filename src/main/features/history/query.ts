import { indexTerms } from './terms.ts';

const MOST_WORDS = 12;
const MOST_TERMS = 24;

export interface Query {
  /** The query for the index; every line is quoted, so nothing is read as an operator. */
  match: string;
  /** What the text must contain: all of them. Ignores case. */
  words: RegExp[];
}

/**
 * Words as typed: separated by spaces, or kept together by double quotes. Every other character is
 * literal. null when there is no letter or digit to search for.
 */
export function parseQuery(text: string): Query | null {
  const words = [...text.matchAll(/"([^"]+)"|[^\s"]+/g)]
    .map(([whole, phrase]) => (phrase ?? whole).trim())
    .filter((one) => one !== '')
    .slice(0, MOST_WORDS);
  const terms = [...new Set(words.flatMap(indexTerms))];
  // Almost every text has a word that starts with a given letter: a single letter narrows nothing.
  const narrow = terms.filter((term) => term.endsWith('*') || Array.from(term).length > 3);
  const asked = (narrow.length > 0 ? narrow : terms).slice(0, MOST_TERMS);
  if (asked.length === 0) return null;
  return {
    match: asked.join(' AND '),
    words: words.map((one) => new RegExp(escaped(one), 'giu')),
  };
}

/** The words as a pattern; a space in a phrase matches any white space. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+');
}
