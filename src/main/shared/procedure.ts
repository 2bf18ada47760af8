import { oc } from '@orpc/contract';
import { z } from 'zod';
import { type ErrorCode, errorStatus } from './errors.ts';
import { speakPlainly } from './input-messages.ts';

speakPlainly();

/** A way out that a window can offer as a button; see `Fix` in errors.ts. */
export const fix = z.object({
  label: z.string(),
  command: z.string().optional(),
  call: z.object({ procedure: z.string(), input: z.record(z.string(), z.unknown()) }).optional(),
});

const data = z.object({
  fix: fix.optional(),
  otherFixes: z.array(fix).optional(),
  field: z.string().optional(),
});

/** A line of a program that runs for a call. */
export const outputLine = z.object({
  seq: z.int().describe('from 1'),
  at: z.int().describe('Unix time, ms'),
  text: z.string(),
});
export type OutputLine = z.infer<typeof outputLine>;

type Declared<C extends ErrorCode> = {
  [K in C]: { status: (typeof errorStatus)[K]; data: typeof data };
};

/** Declares codes in a contract, each with its status and the data every `AppError` carries. */
export function errors<C extends ErrorCode>(...codes: C[]): Declared<C> {
  return Object.fromEntries(
    codes.map((code) => [code, { status: errorStatus[code], data }]),
  ) as Declared<C>;
}

/** Where every procedure's declaration starts: the errors of any of them. */
export const procedure = oc.errors(
  errors('BAD_INPUT', 'DATA_FOLDER_UNUSABLE', 'SECRETS_UNREADABLE', 'SCOPE_NEEDED'),
);

/** The same for a procedure that returns a stream. */
export const streamProcedure = procedure.errors(errors('TOO_MANY_STREAMS'));
