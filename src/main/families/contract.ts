import { z } from 'zod';
import {
  addressFormats,
  contractFormats,
  contractsCheck,
  contractsDiff,
  contractsRecord,
} from './contracts/contract.ts';
import { serviceFormats, servicesCheck, servicesDiff } from './services/contract.ts';

/** A fact of two runs, side by side. */
export const factDiff = z.object({
  name: z.string(),
  a: z.string().nullable(),
  b: z.string().nullable(),
  changed: z.boolean(),
});
export type FactDiff = z.infer<typeof factDiff>;

/** What differs between what two runs made, the parts of every family beside each other. */
export const resultDiff = z.object({ ...contractsDiff.shape, ...servicesDiff.shape });
export type ResultDiff = z.infer<typeof resultDiff>;

const standing = z.object({
  /** `unknown` when it could not be checked; `problem` says why. */
  live: z.enum(['all', 'some', 'none', 'unknown']),
  problem: z.string().nullable(),
});
export type Standing = z.infer<typeof standing>;

/** Whether what a run made is there now, the parts of every family beside each other. */
export const resultCheck = z.object({
  ...standing.shape,
  ...contractsCheck.shape,
  ...servicesCheck.shape,
});
export type ResultCheck = z.infer<typeof resultCheck>;

/** Kept of a run beside its result, by its family. */
export const resultRecord = z.object({ ...contractsRecord.partial().shape });
export type ResultRecord = z.infer<typeof resultRecord>;

/** The files that a family makes of a result. */
export const resultFormat = z.enum([...new Set([...contractFormats, ...serviceFormats])]);
export type ResultFormat = z.infer<typeof resultFormat>;

/** Those of everything that is live on a network. */
export const liveFormat = z.enum(addressFormats);
export type LiveFormat = z.infer<typeof liveFormat>;

export const exported = z.object({
  /** A good name for the file. */
  name: z.string(),
  type: z.string().describe('media type'),
  text: z.string(),
});
export type Exported = z.infer<typeof exported>;
