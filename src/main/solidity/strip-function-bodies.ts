const CODE = ['function', 'constructor', 'modifier', 'receive', 'fallback'];

/**
 * The same source with empty function bodies and the same lines. A script's external functions are
 * in its declarations: without bodies, a mistake or new syntax in a function hides nothing, and the
 * parser has a tenth of the work.
 */
export function stripFunctionBodies(source: string): string {
  let result = '';
  let depth = 0;
  /** The depth at which the omitted body began, or -1. */
  let body = -1;
  /** First word of the current declaration. */
  let first = '';
  let word = '';
  for (let i = 0; i < source.length; ) {
    const skip = skipLength(source, i);
    if (skip > 0) {
      const text = source.slice(i, i + skip);
      result += body === -1 ? text : text.replace(/[^\n]/g, '');
      i += skip;
      continue;
    }
    const char = source[i] ?? '';
    i += 1;
    if (/[\w$]/.test(char)) {
      word += char;
    } else {
      if (first === '') first = word;
      word = '';
    }
    if (char === '{') {
      if (body === -1) {
        result += char;
        if (CODE.includes(first)) body = depth;
      }
      depth += 1;
      if (body === -1) first = '';
      continue;
    }
    if (char === '}') {
      depth -= 1;
      if (body === depth) body = -1;
      if (body === -1) first = '';
    } else if (char === ';' && body === -1) {
      first = '';
    }
    if (body === -1 || char === '\n') result += char;
  }
  return result;
}

/** Length of the comment or string literal that starts here, otherwise 0. */
export function skipLength(source: string, at: number): number {
  const char = source[at];
  if (char === '/') {
    const next = source[at + 1];
    if (next === '/') return toEnd(source.indexOf('\n', at), source, at);
    if (next === '*') return toEnd(source.indexOf('*/', at + 2), source, at, 2);
    return 0;
  }
  if (char !== '"' && char !== "'") return 0;
  for (let i = at + 1; i < source.length; i += 1) {
    if (source[i] === '\\') i += 1;
    else if (source[i] === char || source[i] === '\n') return i + 1 - at;
  }
  return source.length - at;
}

const toEnd = (end: number, source: string, at: number, closing = 0): number =>
  (end === -1 ? source.length : end + closing) - at;
