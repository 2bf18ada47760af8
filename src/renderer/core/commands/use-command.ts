import { useMutation } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { connected } from '../connection/connected.ts';

interface CommandOptions<Result> {
  /** An error is shown beside the control, otherwise as a notice. */
  inPlace?: boolean;
  done?(result: Result): void;
}

/**
 * A command to the core, at most one at a time: calls made meanwhile are ignored, so a double click
 * acts once. `send` never rejects; its result is `undefined` when nothing was done.
 */
export function useCommand<Input, Result>(
  command: (input: Input) => Promise<Result>,
  { inPlace = false, done }: CommandOptions<Result> = {},
) {
  const { mutateAsync, isPending, variables, error, reset } = useMutation({
    mutationFn: command,
    meta: { inPlace },
    onSuccess: done,
  });
  const sending = useRef(false);
  const send = useCallback(
    async (input: Input): Promise<Result | undefined> => {
      if (sending.current || !connected()) return undefined;
      sending.current = true;
      try {
        return await mutateAsync(input);
      } catch {
        // It was shown, or is in `error`.
        return undefined;
      } finally {
        sending.current = false;
      }
    },
    [mutateAsync],
  );
  return { send, busy: isPending, asked: isPending ? variables : undefined, error, clear: reset };
}
