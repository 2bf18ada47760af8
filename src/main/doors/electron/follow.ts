import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../host/connect-to.ts';

/** Changes that come together are read once. */
const settleMs = 500;
const retryMs = 2000;

type Topic = 'projects' | 'chains' | 'snapshots' | 'deployments';

export interface Follow<Facts> {
  /** A change of these makes what was read out of date. */
  topics: readonly Topic[];
  read(client: Client): Promise<Facts>;
  told(facts: Facts): void;
}

/**
 * Tells what the core says now, and again after each change, until the signal is aborted. An error,
 * such as that of a core that ends, leaves what was told, and is tried again.
 */
export async function follow<Facts>(
  client: Client,
  { topics, read, told }: Follow<Facts>,
  signal: AbortSignal,
): Promise<void> {
  const concerns = (topic: string) => (topics as readonly string[]).includes(topic);
  while (!signal.aborted) {
    try {
      let isFirst = true;
      for await (const some of await client.app.changes(undefined, { signal })) {
        // The first says that changes are kept from here on: none before the first read is lost.
        if (!isFirst) {
          if (!some.some(({ topic }) => concerns(topic))) continue;
          await sleep(settleMs, undefined, { signal });
        }
        isFirst = false;
        told(await read(client));
      }
    } catch {
      // The end of the signal, or of the connection.
    }
    await sleep(retryMs, undefined, { signal }).catch(() => undefined);
  }
}
