import type { RunRef } from '../../engines/engine.ts';
import { endWords, type ProcessEnd } from '../../lib/processes/process-end.ts';

/**
 * What ended an anvil that Drydock didn't end.
 *
 * @param end null: it isn't known
 * @param reason the error that it ended with, if it wrote one
 */
export function endedWords(
  process: RunRef,
  end: ProcessEnd | null,
  reason: string | undefined,
): string {
  const isContainer = 'container' in process;
  if (end?.code === 0) {
    return `anvil ended because it was asked to from outside, such as by SIGTERM${isContainer ? ' or a restart of Docker' : ' or Ctrl+C'}`;
  }
  if (end) return `anvil ${endWords(end)}${reason === undefined ? '' : `: ${reason}`}`;
  if (reason !== undefined) return `anvil ended with an error: ${reason}`;
  return isContainer
    ? 'The container of anvil is gone: Docker was restarted, or something else ended it'
    : 'anvil is gone, and has written no error: something else ended it, such as kill -9 or the system for want of memory';
}
