import { skipLength } from './strip-function-bodies.ts';

/** A mistake that a parser has found; lines count from 1. */
export interface SyntaxMistake {
  line: number;
  message: string;
}

/** Why a text can't be parsed, as a sentence that begins with its line. */
export const syntaxProblem = ({ line, message }: SyntaxMistake): string =>
  `Line ${line}: ${inWords(message)}.`;

/** As many of the words that may stand there as are told. */
const MOST_EXPECTED = 4;

/** ANTLR lists every word that its grammar allows, dozens of them. */
function inWords(message: string): string {
  const found =
    /^(mismatched|extraneous) input '(.*)' expecting (.*)$/s.exec(message) ??
    /^(missing) (.*) at '(.*)'$/s.exec(message);
  if (!found) return message.replaceAll('<EOF>', 'the end of the file');
  const [, sort, first = '', second = ''] = found;
  const [at, expected] = sort === 'missing' ? [second, first] : [first, second];
  const what = at === '<EOF>' ? 'the file ends too early' : `'${at}' is not expected here`;
  const words = expected.replace(/^\{|\}$/g, '').split(', ');
  return words.length > MOST_EXPECTED || words.includes('Identifier')
    ? what
    : `${what}, but ${words.map((one) => (one === '<EOF>' ? 'the end of the file' : one)).join(' or ')}`;
}

/**
 * The mistake of a text that crashes the parser itself, which then names no line. The text is cut
 * behind its declarations, and the mistake is in the first one with which it can't be parsed.
 *
 * @param mistakeIn of a text; null: it can be parsed; undefined: the parser crashes
 */
export function mistakeThatCrashes(
  text: string,
  mistakeIn: (text: string) => SyntaxMistake | null | undefined,
): SyntaxMistake {
  const cuts = cutsOf(text);
  let good = 0;
  let bad = cuts.length;
  while (good < bad) {
    const middle = Math.floor((good + bad) / 2);
    const { end, depth } = cuts[middle] as Cut;
    if (mistakeIn(text.slice(0, end) + '}'.repeat(depth)) === null) good = middle + 1;
    else bad = middle;
  }
  const start = cuts[good - 1]?.end ?? 0;
  const before = text.slice(0, start) + leading(text, start);
  return {
    line: before.split('\n').length,
    message:
      before.length < text.length
        ? 'the declaration that begins here is not understood'
        : 'the file ends too early',
  };
}

/** Where a declaration ends, and how many braces are open there. */
interface Cut {
  end: number;
  depth: number;
}

function cutsOf(text: string): Cut[] {
  const cuts: Cut[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; ) {
    const skip = skipLength(text, at);
    const char = text[at] ?? '';
    at += Math.max(skip, 1);
    if (skip > 0) continue;
    if (char === '{') depth += 1;
    else if (char === '}') depth = Math.max(0, depth - 1);
    if (!/[{};]/.test(char) || !ends(char, firstWord(text, start))) continue;
    cuts.push({ end: at, depth });
    start = at;
  }
  return cuts;
}

const firstWord = (text: string, start: number): string =>
  /^\w*/.exec(text.slice(start + leading(text, start).length).slice(0, 20))?.[0] ?? '';

/** Braces of imports and of `using` are within a declaration, those of contracts are around some. */
function ends(char: string, first: string): boolean {
  if (char === '{') return ['abstract', 'contract', 'interface', 'library'].includes(first);
  return char === ';' || (char === '}' && !['import', 'using'].includes(first));
}

/** White space and comments that stand before the next word. */
function leading(text: string, start: number): string {
  let at = start;
  for (;;) {
    const isSpace = /\s/.test(text[at] ?? '');
    const skip = isSpace ? 1 : text[at] === '/' ? skipLength(text, at) : 0;
    if (skip === 0) return text.slice(start, at);
    at += skip;
  }
}
