import { Wake } from '../../kit/wake.ts';
import type { BuildLine } from './contract.ts';

/** Runs a build and answers what it says, as it comes. Rejects as the build does, after its last line. */
export async function* linesOf(
  build: (note: (text: string) => void) => Promise<void>,
): AsyncGenerator<BuildLine[], void> {
  const wake = new Wake<'line'>();
  let seq = 0;
  let lines: BuildLine[] = [];
  let ended = false;
  const work = build((text) => {
    lines.push({ seq: ++seq, at: Date.now(), text });
    wake.notify('line');
  }).finally(() => {
    ended = true;
    wake.notify('line');
  });
  // Heard of below, after the last line.
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
