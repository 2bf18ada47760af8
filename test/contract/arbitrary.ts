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

/**
 * Inputs for a procedure: mostly of the right shape, with values at and beyond their bounds, and
 * names of `known` things among the strings; at every level now and then something else entirely.
 */
export function inputs(schema: unknown, known: readonly string[]): fc.Arbitrary<unknown> {
  if (!(schema instanceof z.ZodType)) return junk;
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  return fc.oneof({ weight: 9, arbitrary: like(shape, known) }, { weight: 1, arbitrary: junk });
}

function like(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 14, arbitrary: fitting(schema, known) },
    { weight: 1, arbitrary: junk },
  );
}

function fitting(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => like(choice, known)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return text(schema, known);
    case 'integer':
    case 'number':
      return number(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(like(schema.items ?? {}, known), {
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

function text(schema: Schema, known: readonly string[]): fc.Arbitrary<string> {
  const ordinary = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...known) },
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

function number(schema: Schema): fc.Arbitrary<number> {
  const least = schema.minimum ?? schema.exclusiveMinimum ?? Number.MIN_SAFE_INTEGER;
  const most = schema.maximum ?? schema.exclusiveMaximum ?? Number.MAX_SAFE_INTEGER;
  const low = Math.max(least, Math.min(-10, most));
  return fc.oneof(
    fc.integer({ min: Math.ceil(low), max: Math.floor(Math.min(most, low + 30)) }),
    fc.constantFrom(least, most, least - 1, most + 1, 0, -0, 1, 0.5, -1, Number.NaN, Infinity),
  );
}

function object(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {});
  const record = fc.record(
    Object.fromEntries(properties.map(([key, value]) => [key, like(value, known)])),
    { requiredKeys: [] },
  );
  const required = fc.record(
    Object.fromEntries(
      properties
        .filter(([key]) => schema.required?.includes(key))
        .map(([key, value]) => [key, like(value, known)]),
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
