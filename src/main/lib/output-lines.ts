import type { OutputLine } from '../shared/procedure.ts';
import { Notifier } from './notifier.ts';

/**
 * Runs some work and yields its output lines as they arrive. Rejects as the work does, after its
 * last line.
 */
export async function* linesOf(
  doWork: (note: (text: string) => void) => Promise<void>,
): AsyncGenerator<OutputLine[], void> {
  const wake = new Notifier<'line'>();
  let seq = 0;
  let lines: OutputLine[] = [];
  let ended = false;
  const work = doWork((text) => {
    lines.push({ seq: ++seq, at: Date.now(), text });
    wake.notify('line');
  }).finally(() => {
    ended = true;
    wake.notify('line');
  });
  // The error is thrown below, after the last line.
  work.catch(() => undefined);
  while (lines.length > 0 || !ended) {
    const next = wake.next('line');
    if (lines.length === 0) await next;
    const batch = lines;
    lines = [];
    if (batch.length > 0) yield batch;
  }
  await work;
}
