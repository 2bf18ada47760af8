import { useCallback, useRef, useState } from 'react';
import { useCommand } from './use-command.ts';

/**
 * Several commands, one at a time: one that is asked for meanwhile is sent next, as long as it has
 * another name than those that wait. `busy` is the name of the last one asked for.
 */
export function useCommands(): {
  busy: string | null;
  run<T>(name: string, action: () => Promise<T>): Promise<T | undefined>;
} {
  const { send } = useCommand((action: () => Promise<unknown>) => action());
  const [names, setNames] = useState<readonly string[]>([]);
  const asked = useRef(new Set<string>());
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const run = useCallback(
    <T>(name: string, action: () => Promise<T>): Promise<T | undefined> => {
      if (asked.current.has(name)) return Promise.resolve(undefined);
      asked.current.add(name);
      setNames([...asked.current]);
      const sent = last.current
        .then(() => send(action))
        .finally(() => {
          asked.current.delete(name);
          setNames([...asked.current]);
        });
      last.current = sent;
      return sent as Promise<T | undefined>;
    },
    [send],
  );
  return { busy: names.at(-1) ?? null, run };
}
