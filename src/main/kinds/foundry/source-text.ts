import { skipLength } from '../../solidity/strip-function-bodies.ts';

const LONGEST_PATH = 1000;

/** What a source imports, as it is written. Examines each position of the text once. */
export function importsOf(text: string): string[] {
  const found: string[] = [];
  const next = /[;"']/g;
  for (let at = text.indexOf('import'); at !== -1; ) {
    next.lastIndex = at;
    const mark = next.exec(text);
    if (!mark) break;
    let end = mark.index + 1;
    if (mark[0] !== ';') {
      const close = text.indexOf(mark[0], end);
      if (close === -1) break;
      if (close - end <= LONGEST_PATH) found.push(text.slice(end, close));
      end = close + 1;
    }
    at = text.indexOf('import', end);
  }
  return found;
}

/** The same with spaces for comments, so that what is left keeps its place. Strings stay. */
export function withBlankComments(source: string): string {
  let result = '';
  let from = 0;
  for (let i = 0; i < source.length; ) {
    const skip = skipLength(source, i);
    if (skip > 0 && source[i] === '/') {
      result += source.slice(from, i) + source.slice(i, i + skip).replace(/[^\n]/g, ' ');
      from = i + skip;
    }
    i += skip || 1;
  }
  return result + source.slice(from);
}
