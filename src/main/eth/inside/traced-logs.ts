import type { TracedCall } from './call-tree.ts';
import type { Log } from './decode-event.ts';

/** The logs that a traced call leaves, in the order in which they were written. */
export function* tracedLogs({ error, logs = [], calls = [] }: TracedCall): Generator<Log> {
  if (error) return;
  const before = (position: string | number | undefined) =>
    position === undefined ? calls.length : Number(position);
  for (let i = 0; i <= calls.length; i++) {
    for (const { position, address = '', topics = [], data = '0x' } of logs) {
      if (Math.min(before(position), calls.length) === i) yield { address, topics, data };
    }
    const inner = calls[i];
    if (inner) yield* tracedLogs(inner);
  }
}
