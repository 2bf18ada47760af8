/** Something with a body in a Solidity source. Offsets are those of the given text. */
export interface Declaration {
  kind: 'contract' | 'function' | 'modifier';
  /** `Vault`; `pay`, `constructor`, `receive`, `fallback`. */
  name: string;
  /** The contract or library around it; null: it stands alone, or is a contract. */
  contract: string | null;
  start: number;
  /** Behind its last character. */
  end: number;
  /** Index of the one around it; -1: there is none. */
  parent: number;
  /** Words between its name and its body: the modifiers of a function are among them. */
  head: readonly string[];
}

/** Comments, strings, words and what makes up bodies; everything else says nothing here. */
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|[A-Za-z_$][\w$]*|[{};]/g;

const CONTRACTS = new Set(['contract', 'library', 'interface']);
const NAMELESS = new Set(['constructor', 'receive', 'fallback']);

/** A declaration whose body, if it has one, has not begun. */
interface Begun extends Declaration {
  named: boolean;
  head: string[];
}

/**
 * What a Solidity source declares, in the order in which it begins. Takes one pass, and understands
 * what doesn't compile as far as its braces match.
 */
export function declarationsIn(text: string): Declaration[] {
  const found: Declaration[] = [];
  /** Index in `found` of what each open brace belongs to; -1: to a block. */
  const open: number[] = [];
  let begun: Begun | null = null;
  let inside = -1;
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    if (token === '{') {
      if (begun) {
        const { named: _, ...declaration } = begun;
        inside = found.push(declaration) - 1;
        open.push(inside);
        begun = null;
      } else open.push(-1);
    } else if (token === '}') {
      const closed = found[open.pop() ?? -1];
      if (closed) {
        closed.end = match.index + 1;
        inside = closed.parent;
      }
    } else if (token === ';') {
      // Of an interface, or abstract.
      begun = null;
    } else if (/^\w/.test(token) || token.startsWith('$')) {
      if (begun && !begun.named) {
        begun.name = token;
        begun.named = true;
      } else if (begun) {
        begun.head.push(token);
      } else {
        begun = beginning(token, match.index, inside, found, text.length);
      }
    }
  }
  return found;
}

function beginning(
  word: string,
  start: number,
  inside: number,
  found: readonly Declaration[],
  end: number,
): Begun | null {
  const around = found[inside];
  const declared = { contract: null, start, end, parent: inside, head: [] };
  if (CONTRACTS.has(word) && !around) {
    return { ...declared, kind: 'contract', name: '', named: false };
  }
  // `function` and `receive` are also words in bodies.
  if (around && around.kind !== 'contract') return null;
  const contract = around?.name ?? null;
  if (word === 'function' || word === 'modifier') {
    return { ...declared, kind: word, name: '', contract, named: false };
  }
  if (!around || !NAMELESS.has(word)) return null;
  return { ...declared, kind: 'function', name: word, contract, named: true };
}
