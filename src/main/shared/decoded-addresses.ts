import type { DecodedData, DecodedValue } from './decoded.ts';
import { elementType } from './decoded-text.ts';

/** Every address that values hold, also within lists and tuples. */
export function* addressesOf(values: Iterable<DecodedValue>): Generator<string> {
  for (const { type, value, hashed } of values) if (!hashed) yield* within(type, value);
}

function* within(type: string, data: DecodedData): Generator<string> {
  if (typeof data !== 'object') {
    if (type === 'address' && typeof data === 'string') yield data;
    return;
  }
  const inner = elementType(type);
  if (inner === undefined) yield* addressesOf(data as readonly DecodedValue[]);
  else for (const one of data as readonly DecodedData[]) yield* within(inner, one);
}
