import type { RefObject } from 'react';
import type { LogTerminalHandle } from '../../../ui/terminal/log-terminal.tsx';
import { toast } from '../../../ui/toast.ts';

const everyMs = 80;
const tries = 40;

/** Shows a line of a log once the terminal has it. Returns a function that stops waiting. */
export function jumpWhenThere(
  terminal: RefObject<LogTerminalHandle | null>,
  seq: number,
): () => void {
  let left = tries;
  const timer = setInterval(() => {
    left -= 1;
    if (terminal.current?.jump(seq)) return clearInterval(timer);
    if (left === 0) {
      clearInterval(timer);
      toast.info('That line is further back than the terminal holds. Download the log to see it.');
    }
  }, everyMs);
  return () => clearInterval(timer);
}
