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
