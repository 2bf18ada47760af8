/** What determines which files belong together and which compiler they need. */
export interface SourceHead {
  /** The text after each `pragma solidity`. */
  pragmas: string[];
  /** As written between the quotes. */
  imports: string[];
}

const WORD = /[\w$]/;

/**
 * Finds the pragmas and imports of a Solidity file without parsing it, in one pass for any text:
 * `pragma` and `import` are reserved words, so outside of comments and strings they begin a
 * statement, which ends at the next semicolon.
 */
export function readHead(source: string): SourceHead {
  const head: SourceHead = { pragmas: [], imports: [] };
  for (let at = 0; at < source.length; ) {
    const skipped = endOfText(source, at);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    if (!WORD.test(source[at] ?? '')) {
      at += 1;
      continue;
    }
    const end = endOfWord(source, at);
    const word = source.slice(at, end);
    at = end;
    if (word !== 'pragma' && word !== 'import') continue;
    const statement = statementFrom(source, at);
    if (!statement) break;
    at = statement.end;
    if (word === 'import') head.imports.push(...statement.strings.slice(-1));
    else {
      const [, range] = /^\s*solidity\s+([\s\S]*)$/.exec(statement.code) ?? [];
      if (range !== undefined) head.pragmas.push(range.replace(/\s+/g, ' ').trim());
    }
  }
  return head;
}

/**
 * A statement up to its semicolon: the text outside of strings and comments, and the strings.
 * undefined: there is none.
 */
function statementFrom(
  source: string,
  start: number,
): { code: string; strings: string[]; end: number } | undefined {
  const strings: string[] = [];
  const code: string[] = [];
  let from = start;
  let at = start;
  while (at < source.length && source[at] !== ';') {
    const end = endOfText(source, at);
    if (end === at) {
      at += 1;
      continue;
    }
    if (source[at] !== '/') strings.push(source.slice(at + 1, end - 1));
    code.push(source.slice(from, at));
    at = end;
    from = end;
  }
  code.push(source.slice(from, at));
  return at < source.length ? { code: code.join(' '), strings, end: at + 1 } : undefined;
}

function endOfWord(source: string, start: number): number {
  let at = start;
  while (at < source.length && WORD.test(source[at] ?? '')) at += 1;
  return at;
}

/** The end of the comment or string that starts here; the same position when none does. */
function endOfText(source: string, at: number): number {
  const char = source[at];
  if (char === '"' || char === "'") return endOfString(source, at, char);
  if (char !== '/') return at;
  const next = source[at + 1];
  if (next === '/') return found(source.indexOf('\n', at), source);
  return next === '*' ? found(source.indexOf('*/', at + 2), source, 2) : at;
}

function endOfString(source: string, start: number, quote: string): number {
  for (let at = start + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === quote || source[at] === '\n') return at + 1;
  }
  return source.length;
}

const found = (at: number, source: string, length = 0): number =>
  at === -1 ? source.length : at + length;
