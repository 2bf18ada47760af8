import { z } from 'zod';
import { hash, network } from './ref.ts';

export const stepsInput = z.object({
  network,
  hash,
  at: z.int().nonnegative().optional().describe('around this step; default: what it failed at'),
  call: z.int().nonnegative().optional().describe('around the first step of this call'),
  limit: z.int().min(1).max(500).default(100),
});
export type StepsInput = z.infer<typeof stepsInput>;

const way = z.int().nullable();

const sourceLine = z.object({
  index: z.int(),
  instruction: z.int().describe('position of its first instruction'),
  call: z.int().describe('of the trace, in the order in which they ran, from 0'),
  depth: z.int().describe('how many functions are around, of all contracts'),
  gas: z.number().describe('left before it'),
  contract: z.string().nullable(),
  function: z.string().nullable(),
  file: z.int().describe('of `files`'),
  text: z.string().describe('the line as it is written, at most 200 characters'),
  ...{ line: z.int(), column: z.int(), endLine: z.int(), endColumn: z.int() },
  next: way.describe('over what it calls'),
  back: way.describe('the one before, over what that calls'),
  into: way.describe('what it calls'),
  out: way.describe('behind the call of its function'),
});
export type SourceLine = z.infer<typeof sourceLine>;

export const transactionSteps = z.object({
  count: z.int().describe('of all steps: a line that ran in one function'),
  instructions: z.int(),
  at: z.int().describe('the step that was asked about'),
  first: z.int().describe('index of the first of these'),
  steps: z.array(sourceLine),
  files: z.array(z.string()),
  failed: z.int().nullable().describe('the step that it failed at; null: it did not, or elsewhere'),
  unknown: z
    .array(z.object({ call: z.int(), reason: z.string() }))
    .describe('calls whose sources are not known'),
  problem: z
    .string()
    .nullable()
    .describe('what is missing to tell the line, or to tell it exactly'),
});
export type TransactionSteps = z.infer<typeof transactionSteps>;

const sourceValue = z.object({
  name: z.string(),
  type: z.string().describe('as the source declares it, e.g. `string memory`'),
  value: z
    .string()
    .nullable()
    .describe('as one types it; of a pointer into storage the variable there; null: not known'),
  line: z.int().nullable().describe('where it is declared, from 1; null: not known'),
});

const frame = z.object({
  call: z.int(),
  contract: z.string().nullable(),
  function: z.string(),
  file: z.string().nullable(),
  line: z.int().nullable(),
  arguments: z.array(sourceValue),
  locals: z
    .array(sourceValue)
    .describe('variables that have a value there, and results that have a name'),
  problem: z.string().nullable().describe('which of its values are not told, and why'),
});
export type StepFrame = z.infer<typeof frame>;

export const stepDetail = z.object({
  index: z.int(),
  stack: z
    .array(frame)
    .describe(
      'functions that run, the innermost first, each with the line that it is at, and its values before that line',
    ),
});
export type StepDetail = z.infer<typeof stepDetail>;

export const sourceFile = z.object({
  path: z.string().describe('as the compiler knows it'),
  text: z.string().describe('as it was compiled'),
  gas: z
    .array(z.object({ line: z.int(), gas: z.int() }))
    .describe('that lines took in the transaction, without the lines of what they call'),
  projects: z
    .array(z.int())
    .describe('ids of those that have compiled it, as far as they still have'),
});
export type SourceFile = z.infer<typeof sourceFile>;

export const lineGas = z.object({
  lines: z
    .array(
      z.object({
        file: z.string(),
        line: z.int(),
        text: z.string().describe('at most 200 characters'),
        gas: z.int().describe('without the lines of what it calls'),
      }),
    )
    .describe('those that took most first'),
  count: z.int().describe('of all lines that took some'),
  problem: z.string().nullable().describe('why they are not known, or not all'),
});
export type LineGas = z.infer<typeof lineGas>;

export const ranFunctions = z.object({
  functions: z
    .array(
      z.object({
        call: z.int().describe('of the trace, counted from 0'),
        depth: z.int().describe('how many functions are around it'),
        isInternal: z.boolean().describe('called within its contract, without a call of one'),
        contract: z.string().nullable(),
        function: z.string(),
        step: z.int().describe('its first line among the steps'),
        file: z.string(),
        line: z.int(),
      }),
    )
    .describe('internal ones as well, in the order in which they began'),
  count: z.int().describe('of all functions that ran'),
  problem: z.string().nullable().describe('why they are not known, or not all'),
});
export type RanFunctions = z.infer<typeof ranFunctions>;
