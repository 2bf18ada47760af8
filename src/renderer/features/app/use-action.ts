import { useCallback, useRef, useState } from 'react';
import { connected } from './connected.ts';
import { showProblem } from './show-problem.ts';

/**
 * Runs one thing at a time: what is asked for while it runs is left out, so a double click does a
 * thing once. Errors are shown; the result is `undefined` then.
 */
export function useAction(): {
  busy: string | null;
  run<T>(name: string, action: () => Promise<T>): Promise<T | undefined>;
} {
  const current = useRef<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const run = useCallback(async <T>(name: string, action: () => Promise<T>) => {
    if (current.current !== null || !connected()) return undefined;
    current.current = name;
    setBusy(name);
    try {
      return await action();
    } catch (error) {
      showProblem(error);
      return undefined;
    } finally {
      current.current = null;
      setBusy(null);
    }
  }, []);
  return { busy, run };
}
