// biome-ignore-start lint/suspicious/noControlCharactersInRegex: control characters are the subject
const COLOURS_OR_CONTROLS =
  /(\x1b\[[0-9;:]*m)|\r(?!\n)|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above

/**
 * A text that is safe to write to a terminal: of all control sequences, only colours, tabs and line
 * ends stay. Anything else, which could erase the screen, reverse the text or fill the clipboard,
 * is shown as `\u001b` and so on: file and folder names can contain anything.
 */
export const terminalText = (text: string): string =>
  text.replace(
    COLOURS_OR_CONTROLS,
    (found, colour) => colour ?? `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
