/** Rows that are read at once. Of a node of others each block is a request. */
export const partSize = 100;
export const remotePartSize = 20;

/** Browsers draw nothing that is much taller than so many rows: a longer list comes in windows. */
export const mostRows = 500_000;

/** The rows of a window: up to `end`, that one excluded. @param asked where it is to begin */
export function rowWindow(
  count: number,
  asked: number,
  most = mostRows,
): { start: number; end: number } {
  const start = asked < count ? asked : Math.max(0, Math.floor((count - 1) / most) * most);
  return { start, end: Math.min(count, start + most) };
}

/**
 * The parts of a list, each from a multiple of its size on, that hold the rows in view. Rows stand
 * the other way round: the first one has the highest number.
 *
 * @param count of all rows; the numbers go from 0
 */
export function partsInView(
  count: number,
  { first, end }: { first: number; end: number },
  size = partSize,
): number[] {
  if (end <= first) return [];
  const highest = Math.floor((count - 1 - first) / size);
  const lowest = Math.floor(Math.max(0, count - end) / size);
  return Array.from({ length: highest - lowest + 1 }, (_, i) => highest - i);
}
