import { once } from 'node:events';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import WebSocket from 'ws';
import type { Client } from '#test/harness/doors.ts';

/** What a follower has seen of a journal. */
export interface Followed {
  /** Lines of the tool. */
  lines: number;
  /** Events whose sequence, and lines whose number, isn't the one after the last. */
  misplaced: number;
  events: number;
  memoryPeak: number;
}

/**
 * The process at the other end of the host: reads a journal as the window does, through a
 * WebSocket and in pieces, and checks every line.
 */
export async function follow(): Promise<void> {
  const { BENCH_URL: url = '', BENCH_TOKEN: token = '' } = process.env;
  const socket = new WebSocket(`${url.replace('http', 'ws')}/rpc`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await once(socket, 'open');
  const client = createORPCClient<Client>(
    new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
  );
  const asked = once(process, 'message');
  process.send?.('ready');
  const [id] = (await asked) as [number];

  const seen: Followed = { lines: 0, misplaced: 0, events: 0, memoryPeak: 0 };
  let after = 0;
  for (let over = false; !over; ) {
    const before = after;
    for await (const events of await client.deployments.watch({ id, after })) {
      for (const event of events) {
        if (event.seq !== after + 1) seen.misplaced += 1;
        after = event.seq;
        seen.events += 1;
        if (event.type === 'log' && event.stream === 'stdout') {
          seen.lines += 1;
          if (Number.parseInt(event.text, 10) !== seen.lines) seen.misplaced += 1;
        }
        if (event.type === 'status' && !['queued', 'running'].includes(event.status)) over = true;
      }
      seen.memoryPeak = Math.max(seen.memoryPeak, process.memoryUsage.rss());
    }
    if (after === before) over = true;
  }
  socket.close();
  await new Promise<void>((resolve) => process.send?.(seen, undefined, {}, () => resolve()));
  process.disconnect();
}
