import { oc } from '@orpc/contract';
import { z } from 'zod';
import { type ErrorCode, errorStatus } from './errors.ts';
import { speakPlainly } from './input-words.ts';

speakPlainly();

/** A way out that a window can offer as a button; see `Fix` in errors.ts. */
export const fix = z.object({
  label: z.string(),
  command: z.string().optional(),
  call: z.object({ procedure: z.string(), input: z.record(z.string(), z.unknown()) }).optional(),
});

const data = z.object({ fix: fix.optional(), field: z.string().optional() });

type Declared<C extends ErrorCode> = {
  [K in C]: { status: (typeof errorStatus)[K]; data: typeof data };
};

/** Declares codes in a contract, each with its status and the data every `AppError` carries. */
export function errors<C extends ErrorCode>(...codes: C[]): Declared<C> {
  return Object.fromEntries(
    codes.map((code) => [code, { status: errorStatus[code], data }]),
  ) as Declared<C>;
}

/** Where every procedure's declaration starts: what any of them may answer. */
export const procedure = oc.errors(errors('BAD_INPUT', 'DATA_FOLDER_UNUSABLE'));
