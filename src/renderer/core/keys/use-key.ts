import { useLayoutEffect, useRef } from 'react';
import { bindKey } from './key-bindings.ts';
import type { KeyCommand } from './key-command.ts';

interface KeyOptions {
  enabled?: boolean;
  /** Only when no part of the page binds the key. */
  isFallback?: boolean;
}

/**
 * Binds a key while the component is mounted; the latest binding acts. The key is ignored in fields,
 * in terminals and under a dialog, and while it is held down it counts once.
 */
export function useKey(
  command: KeyCommand,
  action: (event: KeyboardEvent) => void,
  { enabled = true, isFallback = false }: KeyOptions = {},
): void {
  const latest = useRef(action);
  latest.current = action;
  // Before the page is painted: who sees it may press the key.
  useLayoutEffect(
    () =>
      enabled ? bindKey(command, (event) => latest.current(event), { isFallback }) : undefined,
    [command, enabled, isFallback],
  );
}
