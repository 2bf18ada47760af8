/** Of each project so many logs are always kept, whatever the limits say. */
export const ALWAYS_KEPT_LOGS = 20;

const DAY_MS = 86_400_000;

interface Limits {
  days: number | null;
  count: number | null;
  /** Of all groups together. */
  bytes: number | null;
}

interface Item {
  /** Unix time, ms. */
  at: number;
  bytes: number;
}

/**
 * Those that the limits don't keep, the oldest first. Within a group (a project, a chain) the newest
 * `count` stay; over all groups the oldest go until `bytes` is enough. What `isSafe` says stays, and
 * counts.
 */
export function beyond<T extends Item>(
  items: readonly T[],
  limits: Limits,
  options: {
    now: number;
    group: (item: T) => unknown;
    isSafe: (item: T, place: number) => boolean;
  },
): T[] {
  const oldest =
    limits.days === null ? Number.NEGATIVE_INFINITY : options.now - limits.days * DAY_MS;
  const places = new Map<unknown, number>();
  const gone: T[] = [];
  const removable: T[] = [];
  let left = 0;
  for (const item of [...items].sort((a, b) => b.at - a.at)) {
    const group = options.group(item);
    const place = (places.get(group) ?? 0) + 1;
    places.set(group, place);
    if (options.isSafe(item, place)) left += item.bytes;
    else if (item.at < oldest || (limits.count !== null && place > limits.count)) gone.push(item);
    else {
      left += item.bytes;
      removable.push(item);
    }
  }
  while (limits.bytes !== null && left > limits.bytes) {
    const item = removable.pop();
    if (!item) break;
    left -= item.bytes;
    gone.push(item);
  }
  return gone.sort((a, b) => a.at - b.at);
}
