import { useEffect, useRef } from 'react';
import { bindKey } from './key-bindings.ts';
import type { KeyCommand } from './key-command.ts';

interface KeyOptions {
  enabled?: boolean;
  /** Only when no part of the page binds the key. */
  isFallback?: boolean;
}

/**
 * Binds a key while the component is there. The one that was bound last acts. In a field or terminal,
 * and under a dialog, it is a letter as any other; held down it counts once.
 */
export function useKey(
  command: KeyCommand,
  action: (event: KeyboardEvent) => void,
  { enabled = true, isFallback = false }: KeyOptions = {},
): void {
  const latest = useRef(action);
  latest.current = action;
  useEffect(
    () =>
      enabled ? bindKey(command, (event) => latest.current(event), { isFallback }) : undefined,
    [command, enabled, isFallback],
  );
}
