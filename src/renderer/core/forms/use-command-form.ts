import { useForm } from '@tanstack/react-form';
import type { z } from 'zod';
import { useCommand } from '../commands/use-command.ts';

interface CommandForm<Values, Input, Result> {
  /** Converts what was typed to the input of the procedure. */
  schema: z.ZodType<Input, Values>;
  /** What the fields hold at first. */
  values: Values;
  send(input: Input): Promise<Result>;
  done?(result: Result): void;
}

/**
 * A form that sends one command. It is valid when the contract's schema accepts what was typed; an
 * error of the core stays in the form until the next attempt.
 */
export function useCommandForm<Values extends object, Input, Result>({
  schema,
  values,
  send,
  done,
}: CommandForm<Values, Input, Result>) {
  const command = useCommand(send, { inPlace: true, done });
  const form = useForm({
    defaultValues: values,
    validators: { onMount: schema, onChange: schema },
    onSubmit: async ({ value }) => {
      await command.send(schema.parse(value));
    },
  });
  return { form, busy: command.busy, failure: command.error, clear: command.clear };
}
