import type { Terminal } from '@xterm/xterm';

/** `12:41:07.102 `, as formatLine puts it in front of a line. */
const time = /^\d\d:\d\d:\d\d\.\d{3}(?: |$)/;
const timeLength = 13;

/**
 * A selected text without the times in front of its lines.
 *
 * @param from how much of the first line lies before the selection
 */
export function withoutTimes(text: string, from: number): string {
  const [first = '', ...others] = text.split('\n');
  const rest = from === 0 ? first.replace(time, '') : first.slice(Math.max(0, timeLength - from));
  return [rest, ...others.map((line) => line.replace(time, ''))].join('\n');
}

/** What is selected in a log, without its times. */
export function selectedWithoutTimes(terminal: Terminal): string {
  const text = terminal.getSelection();
  const start = terminal.getSelectionPosition()?.start;
  if (!start) return text;
  const isContinued = terminal.buffer.active.getLine(start.y)?.isWrapped === true;
  return withoutTimes(text, isContinued ? timeLength : start.x);
}
