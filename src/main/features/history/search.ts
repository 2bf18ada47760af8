import { setImmediate as turn } from 'node:timers/promises';
import type { SearchHit } from './contract.ts';
import type { StoreFilter } from './filter-store.ts';
import type { Known } from './known.ts';
import { type Found, findIn } from './match.ts';
import { parseQuery } from './query.ts';
import type { Part, SearchStore } from './search-store.ts';
import type { HistoryStore } from './store.ts';

/** The time of one search; the rest is searched when the next page is requested. */
const SEARCH_MS = 35;
const SLICE_MS = 8;
const CANDIDATES = 32;

export interface SearchPage {
  hits: SearchHit[];
  next: number | null;
  problem: string | null;
}

/**
 * Newest first, one hit per deployment. The index names candidates; each is compared with its own
 * text, so every hit is real.
 */
export async function searchPage(
  stores: { history: HistoryStore; search: SearchStore; known: Known },
  filter: StoreFilter,
  text: string,
  cursor: number | undefined,
  limit: number,
): Promise<SearchPage> {
  const { history, search, known } = stores;
  const query = parseQuery(text);
  if (!query) {
    const problem = 'Type at least one letter or digit of what you are looking for.';
    return { hits: [], next: null, problem };
  }
  const range = history.range(filter);
  const fits = Object.values(filter).some((value) => value !== undefined)
    ? history.scanner(filter).among
    : (ids: readonly number[]) => new Set(ids);
  const found: { id: number; hit: Found }[] = [];
  const answer = (next: number | null): SearchPage => ({
    hits: present(history, found),
    next,
    problem: null,
  });
  const until = performance.now() + SEARCH_MS;
  let slice = performance.now() + SLICE_MS;
  let below = Math.min(cursor ?? Number.MAX_SAFE_INTEGER, search.firstRow(range.high));
  for (let wanted = Math.min(CANDIDATES, limit + 1); ; wanted = CANDIDATES) {
    const candidates = search
      .match(query.match, below, wanted)
      .filter((one) => one.deployment >= range.low);
    if (candidates.length === 0) return answer(null);
    const fitting = fits(candidates.map((one) => one.deployment));
    for (const candidate of candidates) {
      const { row, deployment } = candidate;
      if (found.at(-1)?.id !== deployment && fitting.has(deployment)) {
        if (found.length === limit) return answer(row + 1);
        const hit = findHit(search, known, candidate, query.words);
        if (hit) found.push({ id: deployment, hit });
      }
      below = found.at(-1)?.id === deployment ? search.firstRow(deployment) : row;
      if (performance.now() > until) return answer(below);
      if (performance.now() > slice) {
        await turn();
        slice = performance.now() + SLICE_MS;
      }
    }
  }
}

function findHit(
  store: SearchStore,
  known: Known,
  candidate: Part,
  words: readonly RegExp[],
): Found | null {
  const lines = store.linesOf(candidate);
  const inLog = findIn(lines, words);
  if (inLog || candidate.part > 0) return inLog;
  return findIn([...lines, ...(known(candidate.deployment) ?? [])], words);
}

function present(store: HistoryStore, found: { id: number; hit: Found }[]): SearchHit[] {
  const items = new Map(store.items(found.map(({ id }) => id)).map((item) => [item.id, item]));
  return found.flatMap(({ id, hit }) => {
    const deployment = items.get(id);
    if (!deployment) return [];
    return [{ deployment, where: hit.seq === null ? 'record' : 'log', ...hit }];
  });
}
