/** Searchable text of a deployment: a line of its log, or (without seq) other data. */
export interface Findable {
  seq: number | null;
  text: string;
}

export interface Found {
  seq: number | null;
  snippet: string;
  marks: [number, number][];
}

const SNIPPET = 240;
const LEAD = 60;

/**
 * The line to show for a search when all words occur in the texts: the first line with all of them,
 * otherwise the one with the most; lines of the log are preferred.
 */
export function findIn(texts: readonly Findable[], words: readonly RegExp[]): Found | null {
  const missing = new Set(words);
  let best: { text: Findable; has: number } | undefined;
  for (const text of texts) {
    let has = 0;
    for (const word of words) {
      word.lastIndex = 0;
      if (!word.test(text.text)) continue;
      has++;
      missing.delete(word);
    }
    if (has === 0) continue;
    const better =
      !best || has > best.has || (has === best.has && best.text.seq === null && text.seq !== null);
    if (better) best = { text, has };
    if (has === words.length && text.seq !== null) break;
  }
  if (!best || missing.size > 0) return null;
  return { seq: best.text.seq, ...snippetOf(best.text.text, words) };
}

function snippetOf(text: string, words: readonly RegExp[]): Omit<Found, 'seq'> {
  const all = words.flatMap((word) => {
    word.lastIndex = 0;
    return [...text.matchAll(word)].map((m): [number, number] => [m.index, m.index + m[0].length]);
  });
  const marks = merged(all);
  const first = marks[0]?.[0] ?? 0;
  if (text.length <= SNIPPET) return { snippet: text, marks };
  const start = whole(text, Math.max(0, Math.min(first - LEAD, text.length - SNIPPET)));
  const end = whole(text, Math.min(text.length, start + SNIPPET));
  const lead = start > 0 ? '…' : '';
  const shift = lead.length - start;
  return {
    snippet: `${lead}${text.slice(start, end)}${end < text.length ? '…' : ''}`,
    marks: marks
      .filter(([from, to]) => from >= start && from < end && to > start)
      .map(([from, to]) => [from + shift, Math.min(to, end) + shift]),
  };
}

function merged(marks: [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [from, to] of marks.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** The index itself, or the one before it when it would split a character. */
function whole(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
