import { useState } from 'react';
import { keys } from '../../core/keys/keys.ts';
import { useKey } from '../../core/keys/use-key.ts';
import { zoomTerminals } from '../../ui/terminal/terminal-font.ts';

/**
 * The keys that act on a half of the terminal panel while it has the focus. Returns whether it
 * has, and what the panel's element needs to tell.
 */
export function useTerminalKeys({ find }: { find: (() => void) | null }) {
  const [hasFocus, setHasFocus] = useState(false);
  const whileFocused = { enabled: hasFocus };
  useKey(keys.find, () => find?.(), { enabled: hasFocus && find !== null });
  useKey(keys.largerText, () => zoomTerminals(1), whileFocused);
  useKey(keys.smallerText, () => zoomTerminals(-1), whileFocused);
  useKey(keys.usualText, () => zoomTerminals(0), whileFocused);
  return {
    hasFocus,
    onFocus: () => setHasFocus(true),
    onBlur: (event: { currentTarget: Element; relatedTarget: EventTarget | null }) => {
      const next = event.relatedTarget;
      setHasFocus(next instanceof Node && event.currentTarget.contains(next));
    },
  };
}
