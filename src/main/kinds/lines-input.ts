import { z } from 'zod';

/** Values of a list; forms and `--set` pass several as lines of one text. */
export const lines = (schema: z.ZodString, most: number) =>
  z.preprocess(
    (value) =>
      typeof value === 'string'
        ? value
            .split(/\r?\n/)
            .map((line) => line.trim())
            .filter(Boolean)
        : value,
    z.array(schema).max(most).optional(),
  );
