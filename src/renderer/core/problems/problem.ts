import { ORPCError } from '@orpc/client';
import type { ErrorData, Fix } from '#main/shared/errors.ts';
import { useConnection } from '../connection/connection-state.ts';
import { doctorPath } from '../paths.ts';

/** Anything thrown, in the form shown to the user. */
export interface Problem {
  code: string;
  message: string;
  fix?: Fix;
  otherFixes?: Fix[];
  /** The input at fault, when there is one. */
  field?: string;
}

function isErrorData(data: unknown): data is ErrorData {
  return typeof data === 'object' && data !== null;
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ORPCError) {
    const data = isErrorData(error.data) ? error.data : {};
    const { fix, otherFixes, field } = data;
    return { code: error.code, message: error.message, fix, otherFixes, field };
  }
  if (useConnection.getState().status !== 'open') {
    return {
      code: 'CONNECTION_LOST',
      message:
        'The connection to Drydock was lost before it responded. Look at what is on the screen once it is back, then try again if needed.',
    };
  }
  return { code: 'UNKNOWN', message: error instanceof Error ? error.message : String(error) };
}

/** Where this window does what a remedy's command does. */
export const pageOf = (fix: Fix | undefined): string | undefined =>
  !fix?.call && fix?.command === 'drydock doctor' ? doctorPath : undefined;

/** The command of a remedy that this window has no button for. */
export const commandOf = (fix: Fix | undefined): string | undefined =>
  fix?.call || pageOf(fix) ? undefined : fix?.command;
