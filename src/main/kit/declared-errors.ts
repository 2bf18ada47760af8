import { randomUUID } from 'node:crypto';
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

/** Turns whatever a procedure throws into an error that its contract declares. */
export const declaredErrors = os
  .$context<Context>()
  .middleware(async ({ next, context, procedure, path }) => {
    try {
      return await next();
    } catch (thrown) {
      const error = context.dataFolderError(thrown) ?? thrown;
      const declared = procedure['~orpc'].errorMap;
      if (error instanceof AppError && error.code in declared) {
        throw new ORPCError(error.code, {
          defined: true,
          status: errorStatus[error.code],
          message: error.message,
          data: error.data,
        });
      }
      if (error instanceof ORPCError && error.code === 'BAD_REQUEST') throw badInput(error);
      if (error instanceof ORPCError && error.defined) throw error;
      const requestId = randomUUID();
      context.logger.error({ requestId, procedure: path.join('.'), err: error }, 'call failed');
      throw new ORPCError('INTERNAL', {
        status: 500,
        message: `Something went wrong inside Drydock. Its log file has the details under ${requestId}; please report them.`,
        data: { requestId },
      });
    }
  });

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
