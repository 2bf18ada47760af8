/**
 * Makes names distinct: repeated names get `_2`, `_3`, …, in the given order, so that additions
 * never rename earlier ones. A suffix never collides with another name.
 */
export function distinctNames(names: readonly (string | null)[]): string[] {
  const given = new Set(names.map((name) => name ?? UNNAMED));
  const used = new Set<string>();
  const counts = new Map<string, number>();
  return names.map((name) => {
    const base = name ?? UNNAMED;
    let n = counts.get(base) ?? 0;
    let result = base;
    do {
      n++;
      result = n === 1 ? base : `${base}_${n}`;
    } while (used.has(result) || (n > 1 && given.has(result)));
    counts.set(base, n);
    used.add(result);
    return result;
  });
}

const UNNAMED = 'Unnamed';
