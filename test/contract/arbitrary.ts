import fc from 'fast-check';
import { z } from 'zod';

/** The part of JSON Schema that zod writes for our inputs. */
interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
}

const nasty = [
  '',
  ' ',
  '\0',
  '\n',
  '\u{1F6A2}',
  '\ud800',
  '\u202e\u0627\u0644',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'NaN',
  '-1',
  '0',
  '1e309',
  '0x',
  '..',
  '../../etc/passwd',
  '/dev/null',
  '/proc/self/mem',
  '~',
  '%00',
  '%',
  '*',
  "'; DROP TABLE deployments; --",
  '$HOME',
  '$(false)',
  '--help',
  '[',
  '(?:',
  'a'.repeat(300),
  '\u{10FFFF}'.repeat(5000),
  'x'.repeat(200_000),
];

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, 0, -0, 1.5, -1, Number.NaN, Infinity, 2 ** 53),
  fc.constantFrom(...nasty),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
    withTypedArray: true,
    withUnicodeString: true,
  } as fc.ObjectConstraints),
);

/** Keys that no schema has, among them those that every object inherits. */
const extraKeys = fc.dictionary(
  fc.oneof(fc.constantFrom('__proto__', 'constructor', 'prototype', 'toJSON', ''), fc.string()),
  junk,
  { maxKeys: 3 },
);

/** Values that mean something to the core, by the name of the field that takes them. */
export type Known = Readonly<Record<string, readonly (string | number)[]>>;

export interface Hints {
  known: Known;
  /** An input that is accepted. */
  good?: unknown;
}

/**
 * Inputs for a procedure: mostly of the right shape, with values at and beyond their bounds, and
 * known ones in the fields that take them; the good one with some of its fields changed; at every
 * level now and then something else entirely.
 */
export function inputs(schema: unknown, { known, good }: Hints): fc.Arbitrary<unknown> {
  if (!(schema instanceof z.ZodType)) return junk;
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  return fc.oneof(
    { weight: 5, arbitrary: like(shape, known) },
    { weight: 4, arbitrary: nearly(good, shape, known) },
    { weight: 1, arbitrary: junk },
  );
}

/** So deep in its checks gets only what is right but for a field or two. */
function nearly(good: unknown, shape: Schema, known: Known): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape.properties ?? {});
  if (typeof good !== 'object' || good === null || fields.length === 0) return like(shape, known);
  const other = fc
    .constantFrom(...fields)
    .chain(([key, field]) => like(field, known, key).map((value) => ({ [key]: value })));
  return fc
    .array(other, { minLength: 1, maxLength: 2 })
    .map((changes) => Object.assign({ ...good }, ...changes));
}

function like(schema: Schema, known: Known, field?: string): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 14, arbitrary: fitting(schema, known, field) },
    { weight: 1, arbitrary: junk },
  );
}

function fitting(schema: Schema, known: Known, field?: string): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => like(choice, known, field)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return text(schema, knownTo(field, known, 'string'));
    case 'integer':
    case 'number':
      return number(schema, knownTo(field, known, 'number'));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(like(schema.items ?? {}, known, field), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, 80),
        size: 'small',
      });
    case 'object':
      return object(schema, known);
    default:
      return junk;
  }
}

function knownTo<T extends 'string' | 'number'>(field: string | undefined, known: Known, type: T) {
  type Value = T extends 'string' ? string : number;
  const values = (field !== undefined && known[field]) || [];
  return values.filter((value): value is Value => typeof value === type);
}

function text(schema: Schema, known: readonly string[]): fc.Arbitrary<string> {
  const ordinary = fc.oneof(
    ...(known.length > 0 ? [{ weight: 6, arbitrary: fc.constantFrom(...known) }] : []),
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
    { weight: 2, arbitrary: fc.constantFrom(...nasty) },
  );
  if (schema.format === 'uri') {
    return fc.oneof(
      fc.constantFrom('http://127.0.0.1:9', 'http://u:p@127.0.0.1:9/k?q=1'),
      ordinary,
    );
  }
  if (schema.pattern) return fc.oneof(fc.stringMatching(new RegExp(schema.pattern)), ordinary);
  const { maxLength } = schema;
  if (maxLength === undefined || maxLength > 10_000) return ordinary;
  return fc.oneof(
    { weight: 8, arbitrary: ordinary },
    { weight: 1, arbitrary: fc.constantFrom('x'.repeat(maxLength), 'x'.repeat(maxLength + 1)) },
  );
}

function number(schema: Schema, known: readonly number[]): fc.Arbitrary<number> {
  const least = schema.minimum ?? schema.exclusiveMinimum ?? Number.MIN_SAFE_INTEGER;
  const most = schema.maximum ?? schema.exclusiveMaximum ?? Number.MAX_SAFE_INTEGER;
  const low = Math.max(least, Math.min(-10, most));
  return fc.oneof(
    ...(known.length > 0 ? [fc.constantFrom(...known)] : []),
    fc.integer({ min: Math.ceil(low), max: Math.floor(Math.min(most, low + 30)) }),
    fc.constantFrom(least, most, least - 1, most + 1, 0, -0, 1, 0.5, -1, Number.NaN, Infinity),
  );
}

function object(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {});
  const record = fc.record(
    Object.fromEntries(properties.map(([key, value]) => [key, like(value, known, key)])),
    { requiredKeys: [] },
  );
  const required = fc.record(
    Object.fromEntries(
      properties
        .filter(([key]) => schema.required?.includes(key))
        .map(([key, value]) => [key, like(value, known, key)]),
    ),
  );
  const whole = fc.tuple(record, required).map(([some, all]) => ({ ...some, ...all }));
  const crowded = fc
    .tuple(extraKeys, whole)
    .map(([extra, value]) =>
      Object.defineProperties(extra, Object.getOwnPropertyDescriptors(value)),
    );
  return fc.oneof(
    { weight: 8, arbitrary: whole },
    { weight: 1, arbitrary: record },
    { weight: 1, arbitrary: crowded },
  );
}
