import jsTokens, { type Token as JsToken } from 'js-tokens';

/** A word of JavaScript or TypeScript. */
export interface Token {
  kind: 'name' | 'string' | 'number' | 'mark' | 'other';
  /** Of a string what stands between its quotes; undefined where it isn't plain text. */
  text: string | undefined;
  /** As it stands in the source. */
  written: string;
  /** In which it begins, from 1. */
  line: number;
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

/** Of one line each are all others. */
const SPANS_LINES = new Set<JsToken['type']>([
  'MultiLineComment',
  'NoSubstitutionTemplate',
  'TemplateHead',
  'TemplateMiddle',
  'TemplateTail',
]);
const LINE_END = /\r\n|[\n\r\u2028\u2029]/;

/**
 * Splits a source into its words, without white space and comments. Takes any text, in time that
 * grows with its length alone: nothing is parsed, and nothing is run.
 */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const { type, value } of jsTokens(source)) {
    const kind = KINDS[type] ?? 'other';
    const text = kind === 'string' ? plainText(value) : value;
    if (!WITHOUT_MEANING.has(type)) tokens.push({ kind, text, written: value, line });
    if (type === 'LineTerminatorSequence') line += 1;
    else if (SPANS_LINES.has(type)) line += value.split(LINE_END).length - 1;
  }
  return tokens;
}

/** Escapes aren't resolved. One that isn't closed has no end quote. */
function plainText(quoted: string): string | undefined {
  const isClosed = quoted.length > 1 && quoted.endsWith(quoted.charAt(0));
  return isClosed && !quoted.includes('\\') ? quoted.slice(1, -1) : undefined;
}
