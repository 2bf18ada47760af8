import { randomUUID } from 'node:crypto';
import { mapEventIterator } from '@orpc/client';
import { getEventIteratorSchemaDetails, ValidationError } from '@orpc/contract';
import { ORPCError, os } from '@orpc/server';
import type { Logger } from 'pino';
import type { Caller } from '../shared/caller.ts';
import { AppError, errorStatus } from '../shared/errors.ts';
import { type CountedStreams, freeing } from './counted-streams.ts';

export interface Call {
  /** E.g. `chains.start`. */
  procedure: string;
  /** As it came: nobody has checked it yet. */
  input: unknown;
  caller: Caller;
  /** Whether it may change something, or reveal a secret. */
  changes: boolean;
}

/** Keeps who has done what. */
export interface CallNotes {
  begun(call: Call): void;
  done(call: Call, output: unknown): void;
  failed(call: Call, code: string): void;
}

/** What a door provides to each call. */
export interface Context {
  logger: Logger;
  caller: Caller;
  /** Where calls are noted; absent: the data folder is not open. */
  notes?: () => Promise<CallNotes>;
  /** Opens the system's folder picker; only where one exists. */
  pickFolder?: () => Promise<string | null>;
  /** The door shows the notifications for this connection. */
  notifies?: boolean;
  /** Masks secrets in error messages from outside. */
  mask: (text: string) => string;
  /** Recognises faults of disk and database, wherever they occur. */
  dataFolderError: (error: unknown) => AppError | undefined;
  /** Rejects with SCOPE_NEEDED. Absent: whoever calls may call everything. */
  mayCall?: (call: Call) => Promise<void>;
  /** Called before a procedure that changes something. Throws when the change would be lost. */
  beforeChange?: (procedure: string) => void;
  /** Of the connection of the call, where one connection can carry many calls. */
  streams?: CountedStreams;
}

/**
 * Turns whatever a procedure throws, also in the middle of a stream, into an error that its
 * contract declares.
 */
export const declaredErrors = os
  .$context<Context>()
  .middleware(async ({ next, context, procedure, path }, input) => {
    const { errorMap, outputSchema, route } = procedure['~orpc'];
    const changes = route.method !== 'GET';
    const call = { procedure: path.join('.'), input, caller: context.caller, changes };
    let free: (() => void) | undefined;
    const declared = (error: unknown) => declaredError(error, errorMap, context, path);
    try {
      await context.mayCall?.(call);
      if (changes) {
        context.beforeChange?.(call.procedure);
        (await context.notes?.())?.begun(call);
      }
      if (getEventIteratorSchemaDetails(outputSchema)) free = context.streams?.take();
      const result = await next();
      if (changes) (await context.notes?.())?.done(call, result.output);
      if (!isStream(result.output)) return result;
      const stream = free ? freeing(result.output, free) : result.output;
      const output = mapEventIterator(stream, {
        value: async (value) => value,
        error: async (error) => declared(error),
      });
      return { ...result, output };
    } catch (thrown) {
      free?.();
      const error = declared(thrown);
      if (changes) await noteFailure(context, call, error.code);
      throw error;
    }
  });

/** What went wrong is told also where it can't be noted. */
async function noteFailure(context: Context, call: Call, code: string): Promise<void> {
  try {
    (await context.notes?.())?.failed(call, code);
  } catch (error) {
    context.logger.warn({ procedure: call.procedure, err: error }, 'a failed call was not noted');
  }
}

function isStream(output: unknown): output is AsyncGenerator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

function declaredError(
  thrown: unknown,
  declared: object,
  context: Context,
  path: readonly string[],
): ORPCError<string, unknown> {
  const error = context.dataFolderError(thrown) ?? thrown;
  if (error instanceof AppError && error.code in declared) {
    return new ORPCError(error.code, {
      defined: true,
      status: errorStatus[error.code],
      message: context.mask(error.message),
      data: error.data,
    });
  }
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return badInput(error);
  if (error instanceof ORPCError && error.defined) return error;
  const requestId = randomUUID();
  context.logger.error({ requestId, procedure: path.join('.'), err: error }, 'call failed');
  return new ORPCError('INTERNAL', {
    status: 500,
    message: `Something went wrong inside Drydock. Its log file has the details under ${requestId}; please report them.`,
    data: { requestId },
  });
}

function badInput(error: ORPCError<string, unknown>): ORPCError<string, unknown> {
  const issue = error.cause instanceof ValidationError ? error.cause.issues[0] : undefined;
  const field = issue?.path
    ?.map((part) => String(typeof part === 'object' ? part.key : part))
    .join('.');
  const what = issue?.message ?? 'the input has the wrong shape';
  return new ORPCError('BAD_INPUT', {
    defined: true,
    status: errorStatus.BAD_INPUT,
    message: `${field ? `${field}: ` : ''}${what}. Correct the input and try again.`,
    data: { field },
  });
}
