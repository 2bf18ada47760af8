import type { Terminal } from '@xterm/xterm';
import { ArrowDownToLine } from 'lucide-react';
import { useCallback, useSyncExternalStore } from 'react';
import { Button } from '../button.tsx';

/** Leads back to the newest line, once that is out of view. */
export function JumpToEnd({ terminal }: { terminal: Terminal }) {
  const subscribe = useCallback(
    (changed: () => void) => {
      const following = [terminal.onRender(changed), terminal.onScroll(changed)];
      return () => {
        for (const one of following) one.dispose();
      };
    },
    [terminal],
  );
  const isAway = useSyncExternalStore(subscribe, () => {
    const { viewportY, baseY } = terminal.buffer.active;
    return viewportY < baseY;
  });
  if (!isAway) return null;
  return (
    <Button
      size="sm"
      icon={<ArrowDownToLine aria-hidden="true" size={14} />}
      className="absolute right-5 bottom-3 z-10 shadow-pop"
      onClick={() => terminal.scrollToBottom()}
    >
      Jump to the end
    </Button>
  );
}
