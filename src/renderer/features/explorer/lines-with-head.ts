import type { InfiniteData } from '@tanstack/react-query';

interface Lines {
  transactions: { hash: string }[];
}

/**
 * Pages of a list, newest first, with what is new in its first page read once more. null: that does
 * not reach what is known, so that something would be missing between them.
 */
export function linesWithHead<Page extends Lines>(
  known: InfiniteData<Page, string | undefined>,
  head: Page,
): InfiniteData<Page, string | undefined> | null {
  const [first, ...rest] = known.pages;
  const [newest] = first?.transactions ?? [];
  if (!first) return null;
  if (!newest) return rest.length === 0 ? { ...known, pages: [head] } : null;
  const at = head.transactions.findIndex(({ hash }) => hash === newest.hash);
  if (at === -1) return null;
  const transactions = [...head.transactions.slice(0, at), ...first.transactions];
  return { ...known, pages: [{ ...first, transactions }, ...rest] };
}
