type SnakeKey<K extends string> = K extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${SnakeKey<Rest>}`
    : `_${Lowercase<First>}${SnakeKey<Rest>}`
  : K;

/** The same with keys such as `gas_used`, at every depth. */
export type SnakeCase<T> = T extends readonly (infer Item)[]
  ? SnakeCase<Item>[]
  : T extends object
    ? { [K in keyof T & string as SnakeKey<K>]: SnakeCase<T[K]> }
    : T;

/** For values that JSON can hold. */
export function snakeCase<T>(value: T): SnakeCase<T> {
  return converted(value) as SnakeCase<T>;
}

function converted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(converted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      converted(item),
    ]),
  );
}
