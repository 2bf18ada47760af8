/** A value as typed: a plain word, a quoted text, or a list of these. */
export type Typed = string | Typed[];

export class ArgumentSyntaxError extends Error {}

/** A text in double quotes, with escapes as in JSON. */
const JSON_TEXT = /"(?:[^"\\]|\\.)*"/y;

/** Words that can stand among others without quotes. */
const READS_AS_ONE = /^[^\s,"'()[\]](?:[^,"'()[\]\r\n]*[^\s,"'()[\]])?$/;

/** A word as `readList` reads it among others: in quotes where it has to be. */
export const quotedIfNeeded = (word: string): string =>
  READS_AS_ONE.test(word) ? word : JSON.stringify(word);

/** No type that a compiler takes is as deep. */
const MOST_DEPTH = 100;

/**
 * Parses `[1,2]`, `(0xab…,"a, b",true)` and nested ones. Text in double quotes is read as JSON, and
 * otherwise may contain anything but its own quote. Throws ArgumentSyntaxError, which says what is
 * missing.
 */
export function readList(text: string): Typed[] {
  let at = 0;
  let depth = 0;

  const list = (close: string): Typed[] => {
    const items: Typed[] = [];
    at += 1;
    depth += 1;
    if (depth > MOST_DEPTH) {
      throw new ArgumentSyntaxError(
        `there are more than ${MOST_DEPTH} brackets within one another`,
      );
    }
    spaces();
    if (text[at] === close) {
      at += 1;
      depth -= 1;
      return items;
    }
    for (;;) {
      items.push(item());
      spaces();
      const next = text[at];
      at += 1;
      if (next === close) {
        depth -= 1;
        return items;
      }
      if (next !== ',') throw new ArgumentSyntaxError(`a "${close}" is missing`);
    }
  };

  const item = (): Typed => {
    spaces();
    const char = text[at] ?? '';
    if (char === '[') return list(']');
    if (char === '(') return list(')');
    const escaped = char === '"' ? jsonText(text, at) : null;
    if (escaped) {
      at += escaped.length;
      return escaped.value;
    }
    if (char === '"' || char === "'") {
      const end = text.indexOf(char, at + 1);
      if (end === -1) throw new ArgumentSyntaxError(`a closing ${char} is missing`);
      const quoted = text.slice(at + 1, end);
      at = end + 1;
      return quoted;
    }
    const start = at;
    while (at < text.length && !',[]()'.includes(text[at] ?? '')) at += 1;
    return text.slice(start, at).trim();
  };

  const spaces = () => {
    while (/\s/.test(text[at] ?? '')) at += 1;
  };

  spaces();
  const open = text[at];
  if (open !== '[' && open !== '(') throw new ArgumentSyntaxError('it begins with no bracket');
  const value = list(open === '[' ? ']' : ')');
  spaces();
  if (at < text.length) throw new ArgumentSyntaxError('something follows the last bracket');
  return value;
}

/** null: what begins there is no text of JSON. */
function jsonText(text: string, at: number): { value: string; length: number } | null {
  JSON_TEXT.lastIndex = at;
  const found = JSON_TEXT.exec(text)?.[0];
  if (found === undefined) return null;
  try {
    return { value: JSON.parse(found) as string, length: found.length };
  } catch {
    return null;
  }
}
