import jsTokens, { type Token as JsToken } from 'js-tokens';

/** A word of JavaScript or TypeScript. */
export interface Token {
  kind: 'name' | 'string' | 'number' | 'mark' | 'other';
  /** Of a string what stands between its quotes; undefined where it isn't plain text. */
  text: string | undefined;
  /** As it stands in the source. */
  written: string;
}

const KINDS: Partial<Record<JsToken['type'], Token['kind']>> = {
  IdentifierName: 'name',
  StringLiteral: 'string',
  NoSubstitutionTemplate: 'string',
  NumericLiteral: 'number',
  Punctuator: 'mark',
};

const WITHOUT_MEANING = new Set<JsToken['type']>([
  'WhiteSpace',
  'LineTerminatorSequence',
  'SingleLineComment',
  'MultiLineComment',
  'HashbangComment',
]);

/**
 * Splits a source into its words, without white space and comments. Takes any text, in time that
 * grows with its length alone: nothing is parsed, and nothing is run.
 */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  for (const { type, value } of jsTokens(source)) {
    if (WITHOUT_MEANING.has(type)) continue;
    const kind = KINDS[type] ?? 'other';
    tokens.push({ kind, text: kind === 'string' ? plainText(value) : value, written: value });
  }
  return tokens;
}

/** Escapes aren't resolved. One that isn't closed has no end quote. */
function plainText(quoted: string): string | undefined {
  const isClosed = quoted.length > 1 && quoted.endsWith(quoted.charAt(0));
  return isClosed && !quoted.includes('\\') ? quoted.slice(1, -1) : undefined;
}
