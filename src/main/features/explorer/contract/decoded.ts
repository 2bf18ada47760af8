import { z } from 'zod';
import type { DecodedError, DecodedValue } from '../../../shared/decoded.ts';

export const decodedValues = z
  .array(z.unknown() as z.ZodType<DecodedValue>)
  .describe(
    'each {name, type, value}: integers as decimal strings, tuples as lists of the same, bytes as hex; of an enum with {enum: {name, names}}, the names of members by their numbers',
  );

export const wei = z.string().describe('wei, decimal');

/** An address with what is known of it. */
export const knownAddress = z.object({
  address: z.string().describe('with its checksum'),
  contract: z.string().nullable().describe('name of the contract there; of a proxy, of its logic'),
  label: z.string().nullable().describe('what the user or the project calls it'),
});
export type KnownAddress = z.infer<typeof knownAddress>;

export const decodedError = z.object({
  name: z.string().nullable().describe('e.g. Error, Panic or that of a custom error'),
  signature: z.string().nullable(),
  arguments: decodedValues,
  text: z.string().describe('one sentence, or the error as its source would write it'),
  data: z.string().describe('what was returned, hex'),
  cause: (z.unknown() as z.ZodType<DecodedError | null>)
    .nullable()
    .describe('the same of an error that one of the arguments holds'),
});

export const decodedEvent = z.object({
  address: z.string(),
  contract: z.string().nullable(),
  label: z.string().nullable(),
  name: z.string().nullable().describe('null: no known event fits'),
  signature: z.string().nullable(),
  arguments: decodedValues,
  topics: z.array(z.string()),
  data: z.string(),
  logIndex: z.int().nullable(),
});
export type DecodedEvent = z.infer<typeof decodedEvent>;
