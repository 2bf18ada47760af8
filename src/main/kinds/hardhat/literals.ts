import type { Token } from '../../lib/source-tokens.ts';

/** A value that stands in a source as such. */
export type Literal = string | bigint | boolean;

/** A constant of a source. */
interface Constant {
  /** Where what it is made of begins. */
  at: number;
  /** undefined: it isn't made of a literal alone. */
  value: Literal | undefined;
}

export type Constants = ReadonlyMap<string, Constant>;

/** A source's constants by their names; of those with the same name, the first. */
export function constantsOf(tokens: readonly Token[]): Constants {
  const found = new Map<string, Constant>();
  for (const [before, token] of tokens.entries()) {
    const name = tokens[before + 1];
    if (!isName(token, 'const') || name?.kind !== 'name' || name.text === undefined) continue;
    const hasType = isMark(tokens[before + 2], ':') && tokens[before + 3]?.kind === 'name';
    const equals = before + (hasType ? 4 : 2);
    if (!isMark(tokens[equals], '=') || found.has(name.text)) continue;
    found.set(name.text, { at: equals + 1, value: wholeLiteral(tokens, equals + 1) });
  }
  return found;
}

function wholeLiteral(tokens: readonly Token[], at: number): Literal | undefined {
  const read = literalAt(tokens, at);
  const follows = read && tokens[read.end];
  // Anything else goes on with the expression.
  const isWhole = !follows || follows.kind === 'name' || isMark(follows, ';', ',');
  return isWhole ? read?.value : undefined;
}

/** The literal that begins there, or the constant that is named there, and where it ends. */
export function literalAt(
  tokens: readonly Token[],
  at: number,
  constants?: Constants,
): { value: Literal; end: number } | undefined {
  const token = tokens[at];
  if (token?.text === undefined) return undefined;
  if (token.kind === 'string') return { value: token.text, end: at + 1 };
  if (token.kind === 'number') return whole(token.text, at + 1);
  if (isMark(token, '-') && tokens[at + 1]?.kind === 'number') {
    return whole(`-${tokens[at + 1]?.text}`, at + 2);
  }
  if (token.kind !== 'name') return undefined;
  if (token.text === 'true' || token.text === 'false') {
    return { value: token.text === 'true', end: at + 1 };
  }
  const value = constants?.get(token.text)?.value;
  return value === undefined ? undefined : { value, end: at + 1 };
}

export const isMark = (token: Token | undefined, ...marks: string[]): boolean =>
  token?.kind === 'mark' && token.text !== undefined && marks.includes(token.text);

export const isName = (token: Token | undefined, ...names: string[]): boolean =>
  token?.kind === 'name' && token.text !== undefined && names.includes(token.text);

/** The longest number that is read: 256 bits have 78 digits. */
const MOST_DIGITS = 100;

/** `1_000n`, `-5`, `0xff`; no fractions and no exponents, which no contract takes. */
function whole(text: string, end: number): { value: bigint; end: number } | undefined {
  const digits = text.replaceAll('_', '').replace(/n$/, '');
  const match = /^(-?)(0|[1-9]\d*|0x[\da-f]+)$/i.exec(digits);
  if (!match || digits.length > MOST_DIGITS) return undefined;
  const value = BigInt(match[2] as string);
  return { value: match[1] ? -value : value, end };
}
