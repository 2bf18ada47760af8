import { matchSorterWithRankInfo, rankings } from 'match-sorter';
import type { CommandRow } from '../../ui/command-list.ts';

/** When each command was used last, by its id. */
export type Used = Readonly<Record<string, number>>;

/** Without a word only so many of those that were used last come first. */
const MOST_RECENT = 5;

type Ranked = Map<CommandRow, number>;

function ranksOf(rows: readonly CommandRow[], text: string): Ranked {
  const ranked = matchSorterWithRankInfo(rows, text, {
    threshold: rankings.CONTAINS,
    keys: [
      (row) => row.name ?? row.title,
      // A name is what it is called; the title around it is only words.
      { key: (row) => row.title, maxRanking: rankings.WORD_STARTS_WITH },
      {
        key: (row) => [...row.keywords],
        maxRanking: rankings.WORD_STARTS_WITH,
      },
    ],
    // Their order is of no use here.
    sorter: (items) => items,
  });
  return new Map(ranked.map(({ item, rank }) => [item, Math.min(rank, rankings.EQUAL)] as const));
}

/** Every word has to be found; the words together, as they stand, count more than each of them. */
function ranks(rows: readonly CommandRow[], text: string): Ranked {
  const found = ranksOf(rows, text);
  const words = text.split(/\s+/);
  if (words.length === 1) return found;
  const rest = rows.filter((row) => !found.has(row));
  const byWord = words.map((word) => ranksOf(rest, word));
  for (const row of rest) {
    const worst = Math.min(...byWord.map((one) => one.get(row) ?? rankings.NO_MATCH));
    if (worst > rankings.NO_MATCH) found.set(row, Math.min(worst, rankings.WORD_STARTS_WITH) - 0.5);
  }
  return found;
}

const harmless = (row: CommandRow): number => (row.destroys ? 1 : 0);
const leading = (row: CommandRow): number => (row.goes ? 0 : 1);

/**
 * The commands that a text finds, best first: those that begin with it or have a word that does, then
 * those that contain it; among equals what leads somewhere before what does something, and what was
 * used last first. What destroys something comes after everything else. Without a text: what was used
 * last, then all in their order.
 */
export function rankCommands(
  rows: readonly CommandRow[],
  text: string,
  used: Used,
): readonly CommandRow[] {
  const asked = text.trim();
  const at = (row: CommandRow) => used[row.id] ?? 0;
  if (asked === '') {
    const recent = rows
      .filter((row) => !row.destroys && at(row) > 0)
      .sort((a, b) => at(b) - at(a))
      .slice(0, MOST_RECENT);
    const others = rows.filter((row) => !recent.includes(row));
    return [...recent, ...others.toSorted((a, b) => harmless(a) - harmless(b))];
  }
  const found = ranks(rows, asked);
  const rank = (row: CommandRow) => found.get(row) ?? rankings.NO_MATCH;
  return rows
    .filter((row) => found.has(row))
    .sort(
      (a, b) =>
        harmless(a) - harmless(b) || rank(b) - rank(a) || leading(a) - leading(b) || at(b) - at(a),
    );
}
