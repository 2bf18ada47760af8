import type { z } from 'zod';
import { AppError } from '../shared/errors.ts';

/** A value that a schema refused, reported as the doors report their own inputs. */
export function inputError(error: z.ZodError): AppError {
  const [issue] = error.issues;
  const field = issue?.path.map(String).join('.') || undefined;
  const what = issue?.message ?? 'the input has the wrong shape';
  return new AppError(
    'BAD_INPUT',
    `${field ? `${field}: ` : ''}${what}. Correct the input and try again.`,
    { field },
  );
}
