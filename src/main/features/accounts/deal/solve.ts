/** A value that grows with what is stored, in so many bits. */
export interface Scaled {
  width: number;
  /** null: refused, as what is too large often is. In one turn. */
  at(xs: readonly bigint[]): Promise<(bigint | null)[]>;
}

/** A stored number with what comes out. */
interface Point {
  x: bigint;
  value: bigint;
}

/** Places that are looked at in one turn, besides those that are likely. */
const AT_ONCE = 16n;

/**
 * The least stored number with which a value comes out; null: none does, and `nearest` has the
 * values that come out around it. Takes few turns where the value is a multiple of what is stored,
 * and some 64 where it only grows with it.
 */
export async function solve(
  { width, at }: Scaled,
  wanted: bigint,
): Promise<{ x: bigint | null; nearest: bigint[] }> {
  // Below `low` everything is too little; from `high` on it is enough, or refused.
  let low = 0n;
  let high = 2n ** BigInt(width);
  let little: Point | undefined;
  let enough: Point | undefined;
  while (low < high) {
    const xs = placesIn(low, high, likely(little, enough, wanted));
    const outputs = await at(xs);
    const first = outputs.findIndex((output) => output === null || output >= wanted);
    const last = first === -1 ? xs.length - 1 : first - 1;
    const [lastX, lastValue] = [xs[last], outputs[last] ?? null];
    if (lastX !== undefined && lastValue !== null) {
      low = lastX + 1n;
      little = { x: lastX, value: lastValue };
    }
    const [firstX, firstValue] = [xs[first], outputs[first] ?? null];
    if (firstX !== undefined) {
      high = firstX;
      if (firstValue !== null) enough = { x: firstX, value: firstValue };
    }
  }
  const around = low === 0n ? [low] : [low, low - 1n];
  const [here = null, below = null] = await at(around);
  if (here === wanted) return { x: low, nearest: [] };
  return { x: null, nearest: [below, here].filter((one) => one !== null) };
}

/** Where the value would be on a line through two points; null: they are not known. */
function likely(
  little: Point | undefined,
  enough: Point | undefined,
  wanted: bigint,
): bigint | null {
  if (!little || !enough || enough.value === little.value) return null;
  const rise = enough.value - little.value;
  return little.x + ((wanted - little.value) * (enough.x - little.x)) / rise;
}

/** Spread over a range, by their sizes where it is wide, and around a guess. */
function placesIn(low: bigint, high: bigint, guess: bigint | null): bigint[] {
  const places = new Set<bigint>();
  const step = (high - low) / AT_ONCE + 1n;
  for (let x = low + step - 1n; x < high; x += step) places.add(x);
  if (low === 0n) for (let x = 1n; x < high; x <<= 8n) places.add(x - 1n);
  if (guess !== null) {
    for (let x = guess - 2n; x <= guess + 2n; x++) if (x >= low && x < high) places.add(x);
  }
  return [...places].sort((a, b) => (a < b ? -1 : 1));
}
