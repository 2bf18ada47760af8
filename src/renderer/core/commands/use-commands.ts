import { useCallback } from 'react';
import { useCommand } from './use-command.ts';

interface Named {
  name: string;
  action(): Promise<unknown>;
}

/** Several commands, of which one runs at a time; `busy` is its name. */
export function useCommands(): {
  busy: string | null;
  run<T>(name: string, action: () => Promise<T>): Promise<T | undefined>;
} {
  const { send, asked } = useCommand(({ action }: Named) => action());
  const run = useCallback(
    <T>(name: string, action: () => Promise<T>) => send({ name, action }) as Promise<T | undefined>,
    [send],
  );
  return { busy: asked?.name ?? null, run };
}
