/** Sequences that move the cursor back in a line, or erase: the line is redrawn from there. */
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: control characters are the subject
const MOVES = /\r|[\b]|\x1b\[[0-9;]*[A-HJKf]/;
const STEP = /\r|[\b]|\x1b\[([0-9;]*)([A-HJKf])/g;
const COLOURS = /\x1b\[[0-9;]*m/g;
const COLOUR = /\x1b\[[0-9;]*m$/;
const HALF_SEQUENCE = /\x1b(\[[0-9;]*)?$/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above

/** Whether a text contains anything that `lastState` changes. */
export const isRedrawn = (text: string): boolean => MOVES.test(text);

/**
 * The final state of a line: of one that is redrawn, such as a progress bar, only the last state. A
 * cursor movement to a line above starts this one again: what was written stays.
 */
export function lastState(line: string): string {
  if (!isRedrawn(line)) return line;
  const { text, lead } = drawn(line);
  return text + lead;
}

/** An unfinished line in its shortest equivalent form: any continuation has the same result. */
export function shortened(line: string): string {
  if (!isRedrawn(line)) return line;
  const half = HALF_SEQUENCE.exec(line)?.[0] ?? '';
  const { text, atStart, lead } = drawn(line.slice(0, line.length - half.length));
  return `${text}${atStart ? '\r' : ''}${lead}${half}`;
}

interface Drawn {
  text: string;
  /** The next visible text replaces it. */
  atStart: boolean;
  /** Colours since then. */
  lead: string;
}

function drawn(line: string): Drawn {
  const state: Drawn = { text: '', atStart: false, lead: '' };
  let from = 0;
  for (const step of line.matchAll(STEP)) {
    write(state, line.slice(from, step.index));
    from = step.index + step[0].length;
    const [found, count = '', kind] = step;
    if (found === '\b') state.text = withoutLast(state.text);
    else if (kind === 'J' || kind === 'K') {
      // 0, to the end, erases nothing at the end of the text.
      const toTheEnd = count === '' || count === '0';
      if (!toTheEnd || state.atStart) state.text = '';
    } else if (kind !== 'C') state.atStart = true;
  }
  write(state, line.slice(from));
  return state;
}

function write(state: Drawn, piece: string): void {
  if (!state.atStart) state.text += piece;
  else if (piece.replace(COLOURS, '') === '') state.lead += piece;
  else {
    state.text = state.lead + piece;
    state.lead = '';
    state.atStart = false;
  }
}

/** Including the colours after it. */
function withoutLast(text: string): string {
  let end = text.length;
  for (let colour = endingColour(text); colour; colour = endingColour(text.slice(0, end))) {
    end -= colour.length;
  }
  return text.slice(0, Math.max(0, end - 1));
}

/** No colour sequence is longer; searching further back would be slow in a hostile line. */
const LONGEST_COLOUR = 32;

const endingColour = (text: string): string | undefined =>
  text.endsWith('m') ? COLOUR.exec(text.slice(-LONGEST_COLOUR))?.[0] : undefined;
