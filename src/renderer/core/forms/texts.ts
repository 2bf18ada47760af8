import { z } from 'zod';

/** Explains why the contract's schema, or the form's own, refuses a value. */
const fits =
  (schema: z.ZodType, words?: string) => (value: unknown, context: z.RefinementCtx<unknown>) => {
    const { error } = schema.safeParse(value);
    if (!error) return;
    const message = words ?? error.issues[0]?.message;
    context.addIssue({ code: 'custom', message });
  };

/**
 * The text of a field, as a contract's schema parses it. `words`: the message for an invalid text.
 */
export const typedText = (schema: z.ZodType, words?: string) =>
  z.string().trim().superRefine(fits(schema, words));

/** The same, with an empty field as no value. */
export const optionalText = (schema: z.ZodType, words?: string) =>
  z
    .string()
    .transform((text) => text.trim() || undefined)
    .superRefine(fits(schema.optional(), words));

/** A whole number, which may be grouped with commas or underscores. */
export const optionalNumber = (schema: z.ZodType, words?: string) =>
  z
    .string()
    .transform((text) => {
      const digits = text.trim().replaceAll(/[_,]/g, '');
      return digits === '' ? undefined : Number(digits);
    })
    .superRefine(fits(schema.optional(), words));
