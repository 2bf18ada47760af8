import { randomUUID } from 'node:crypto';
import { mapEventIterator } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import { ORPCError, os } from '@orpc/server';
import type { Logger } from 'pino';
import { AppError, errorStatus } from './errors.ts';

/** What a door gives to each call. */
export interface Context {
  logger: Logger;
  /** Opens the system's folder picker; only where there is one. */
  pickFolder?: () => Promise<string | null>;
  /** The door shows the notifications for this connection. */
  notifies?: boolean;
  /** Recognises faults of disk and database, wherever they come up. */
  dataFolderError: (error: unknown) => AppError | undefined;
}

/**
 * Turns whatever a procedure throws into an error that its contract declares, also what it throws
 * in the middle of a stream.
 */
export const declaredErrors = os
  .$context<Context>()
  .middleware(async ({ next, context, procedure, path }) => {
    const { errorMap } = procedure['~orpc'];
    const declared = (error: unknown) => declaredError(error, errorMap, context, path);
    try {
      const result = await next();
      if (!isStream(result.output)) return result;
      const output = mapEventIterator(result.output, {
        value: async (value) => value,
        error: async (error) => declared(error),
      });
      return { ...result, output };
    } catch (thrown) {
      throw declared(thrown);
    }
  });

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
      message: error.message,
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
