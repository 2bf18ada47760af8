import type { TracedCall } from './call-tree.ts';
import type { Log } from './decode-event.ts';
import { orderedWalk } from './ordered-walk.ts';

/** The logs that a traced call leaves, in the order in which they were written. */
export function* tracedLogs(root: TracedCall): Generator<Log> {
  for (const { log } of orderedWalk(root, ({ error }) => error !== undefined)) {
    if (log) yield { address: log.address ?? '', topics: log.topics ?? [], data: log.data ?? '0x' };
  }
}
