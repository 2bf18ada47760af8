import { queryClient } from './query-client.ts';

/** Sends a command from outside of any component, such as a notice's button. Never rejects. */
export async function sendCommand<Result>(
  command: () => Promise<Result>,
  done?: (result: Result) => void,
): Promise<void> {
  const mutation = queryClient
    .getMutationCache()
    .build(queryClient, { mutationFn: command, onSuccess: done });
  await mutation.execute(undefined).catch(() => undefined);
}
