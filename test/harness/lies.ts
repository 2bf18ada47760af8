import { randomOf } from '../crash/random.ts';

/** What a node may say in the place of a value. */
const LIES: readonly unknown[] = [
  ...[null, true, 7, -1, 1.5, 1e300, '', '0x', '0xz', '-0x1', 'text', '\u001b[2J\u202e'],
  ...[`0x${'f'.repeat(64)}`, `0x${'f'.repeat(40)}`, `0x${'0'.repeat(64)}`, `0x${'f'.repeat(65)}`],
  ...[`0x${'00'.repeat(100_000)}`, 'x'.repeat(300_000), [], [null], [[]], {}, '__proto__'],
  ...[{ toString: 1, valueOf: null, length: -1 }, JSON.parse('{"__proto__":{"polluted":1}}')],
  Array.from({ length: 50_000 }, () => ({})),
  nested(1500),
];

function nested(depth: number): unknown {
  let one: unknown = {};
  for (let i = 0; i < depth; i++) one = { calls: [one] };
  return one;
}

/** Repeatable choices from 0 to below `count`. */
export type Choose = (count: number) => number;

export function choices(seed: number): Choose {
  const random = randomOf(seed);
  return (count) => Math.floor(random() * count);
}

/** The same with one place of it changed: a value, an entry more or less, or all of it. */
export function oneLieIn(value: unknown, choose: Choose): unknown {
  const lie = LIES[choose(LIES.length)];
  if (typeof value !== 'object' || value === null || choose(6) === 0) return lie;
  if (Array.isArray(value)) {
    if (value.length === 0 || choose(8) === 0) return [...value, lie];
    const at = choose(value.length);
    return value.map((one, i) => (i === at ? oneLieIn(one, choose) : one));
  }
  const names = Object.keys(value);
  const name = names[choose(names.length)];
  if (name === undefined) return lie;
  const { [name]: one, ...others } = value as Record<string, unknown>;
  return choose(8) === 0 ? others : { ...value, [name]: oneLieIn(one, choose) };
}
