import type { z } from 'zod';

/** The schema of a procedure's input, from its contract. */
export function inputOf<S extends z.ZodType>(procedure: { '~orpc': { inputSchema?: S } }): S {
  const { inputSchema } = procedure['~orpc'];
  if (!inputSchema) throw new Error('this procedure takes nothing');
  return inputSchema;
}
