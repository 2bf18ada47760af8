import { isLoopback } from '../lib/loopback.ts';

/** What a request asks for. */
export interface AskedFor {
  method: string;
  params: unknown[];
}

/** Has a request wait until it may be sent. */
export type Turns = <T>(calls: readonly AskedFor[], send: () => Promise<T>) => Promise<T>;

/** Where each method says which block it means. */
const BLOCK_AT: Readonly<Record<string, number>> = {
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_getStorageAt: 2,
};

/** By address of the node: done when the last one that has a turn there is. */
const lastAt = new Map<string, Promise<unknown>>();

/**
 * The turns of a node that may be a fork, which is any on this machine; undefined for one that is far
 * away. Requests that look at an earlier state go one after the other there, whichever caller sends them from
 * this process; each may hold any number of calls. A fork that Drydock starts stops for good when as many
 * such requests as it has threads wait for its upstream at once: three, on two cores.
 */
export function turnsAt(url: string): Turns | undefined {
  if (!URL.canParse(url) || !isLoopback(new URL(url).hostname)) return undefined;
  return (calls, send) => {
    if (!calls.some(looksBack)) return send();
    const sent = (lastAt.get(url) ?? Promise.resolve()).then(send);
    const over = sent
      .catch(() => undefined)
      .then(() => {
        if (lastAt.get(url) === over) lastAt.delete(url);
      });
    lastAt.set(url, over);
    return sent;
  };
}

function looksBack({ method, params }: AskedFor): boolean {
  const at = Object.hasOwn(BLOCK_AT, method) ? params[BLOCK_AT[method] ?? 0] : undefined;
  return at !== undefined && at !== 'latest' && at !== 'pending';
}
