import { z } from 'zod';
import { contractValue, sentCall, simulation, transactionInput } from './calls.ts';
import { network } from './ref.ts';

const callName = z
  .string()
  .trim()
  .regex(
    /^[^\s\p{C}-][^\p{C}\p{Zl}\p{Zp}]{0,79}$/u,
    'give a name of at most 80 visible characters',
  );

/** A call under a name. What it is about is kept as it was typed. */
export const savedCall = z.object({
  name: z.string(),
  network: z.string(),
  contract: z.string().describe('a name stands for what is called so when it is run'),
  address: z.string().nullable().describe('where that is now; null: nowhere'),
  function: z.string().describe('its signature'),
  arguments: z.array(z.string()),
  from: z.string().nullable(),
  value: z.string().nullable(),
  sends: z.boolean().describe('false: it only reads'),
  savedAt: z.int().describe('Unix time, ms'),
});
export type SavedCall = z.infer<typeof savedCall>;

export const savedCallRef = z.object({ network, name: z.string().min(1).max(200) });
export type SavedCallRef = z.infer<typeof savedCallRef>;

export const saveCallInput = transactionInput.extend({
  name: callName.describe('unique in any case on its network'),
  replace: z.boolean().default(false).describe('the call that has the name'),
});
export type SaveCallInput = z.infer<typeof saveCallInput>;

export const runCallInput = savedCallRef.extend({
  simulate: z.boolean().default(false).describe('tell what it would do, and send nothing'),
  force: z.boolean().default(false).describe('send also what would fail'),
  allowUnsafeUpgrade: z
    .boolean()
    .default(false)
    .describe('send also an upgrade of a proxy that breaks what is there'),
});
export type RunCallInput = z.infer<typeof runCallInput>;

export const ranCall = z.object({
  call: savedCall,
  value: contractValue.nullable().describe('of one that reads'),
  simulation: simulation.nullable(),
  sent: sentCall.nullable().describe('of one that writes'),
});
export type RanCall = z.infer<typeof ranCall>;
