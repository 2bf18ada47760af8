/** What a part of a line is; none of it is a state, so none of it has a colour of one. */
export type TokenKind = 'comment' | 'string' | 'word' | 'number' | 'plain';

export interface Token {
  kind: TokenKind;
  text: string;
}

const words = new Set(
  `abstract address anonymous as assembly assert bool break bytes calldata case catch constant constructor
  continue contract default delete do else emit enum error event external fallback false fixed for from
  function global if immutable import in indexed int interface internal is leave let library mapping memory
  modifier new override payable pragma private public pure receive require return returns revert selector
  storage string struct super switch this throw transient true try type ufixed uint unchecked unicode using
  var view virtual while`.split(/\s+/),
);
const sized = /^(u?int|bytes|u?fixed)\d/;

const token =
  /(\/\/.*|\/\*.*?(?:\*\/|$))|("(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)|([A-Za-z_$][\w$]*)|(\b\d[\w.]*)|([^\w$"'/]+|.)/g;

/** The lines of Solidity that begin within a comment, by their index. */
export function linesInComment(lines: readonly string[]): Set<number> {
  const inside = new Set<number>();
  let isOpen = false;
  for (const [i, line] of lines.entries()) {
    if (isOpen) inside.add(i);
    let at = 0;
    if (isOpen) {
      const end = line.indexOf('*/');
      if (end === -1) continue;
      isOpen = false;
      at = end + 2;
    }
    for (const [text, comment] of line.slice(at).matchAll(token)) {
      if (comment?.startsWith('/*') && !(text.length >= 4 && text.endsWith('*/'))) isOpen = true;
    }
  }
  return inside;
}

/** @param isInComment whether the line begins within one */
export function tokensOf(line: string, isInComment: boolean): Token[] {
  const tokens: Token[] = [];
  const add = (kind: TokenKind, text: string) => {
    const last = tokens.at(-1);
    if (last?.kind === kind) last.text += text;
    else if (text !== '') tokens.push({ kind, text });
  };
  const end = isInComment ? line.indexOf('*/') : -2;
  if (end === -1) return [{ kind: 'comment', text: line }];
  if (end >= 0) add('comment', line.slice(0, end + 2));
  for (const [text, comment, string, word, number] of line.slice(end + 2).matchAll(token)) {
    if (comment !== undefined) add('comment', text);
    else if (string !== undefined) add('string', text);
    else if (word !== undefined) add(words.has(word) || sized.test(word) ? 'word' : 'plain', text);
    else add(number === undefined ? 'plain' : 'number', text);
  }
  return tokens;
}
