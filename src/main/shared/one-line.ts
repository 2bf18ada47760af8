/** Control characters, line ends, and what turns the direction of a text around. */
const UNFIT = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A text of a contract as part of a line: what could start another line or colour it is written as
 * `\n`, `\u001b` and so on, so that no contract says anything in the name of Drydock.
 */
export const oneLine = (text: string): string =>
  text.replace(UNFIT, (character) => {
    const escaped = JSON.stringify(character).slice(1, -1);
    return escaped === character
      ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
      : escaped;
  });

/** Longer texts are cut in tables, whose columns are as wide as their widest cell. */
const MOST_IN_CELL = 200;

/** The same, no longer than is of use in a table. */
export function cell(text: string): string {
  const line = oneLine(text.slice(0, MOST_IN_CELL));
  return text.length > MOST_IN_CELL ? `${line}…` : line;
}

/** A server may say megabytes; what is behind that is not looked at. */
const MOST_HEARD = 100_000;

/**
 * What a server says in words of its own: in one line without anything unseen, cut where nobody
 * reads on.
 *
 * @param hide takes secrets out, before the text is cut
 */
export const said = (text: string, most: number, hide: (text: string) => string): string =>
  hide(text.slice(0, MOST_HEARD))
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, most);
