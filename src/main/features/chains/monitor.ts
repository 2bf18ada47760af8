import WebSocket from 'ws';
import { runKey } from '../../engines/engine.ts';
import type { ChainsContext } from './parts.ts';
import type { RunningChains } from './running.ts';

/** When a chain is looked at again after its connection has ended. */
const LOOK_AGAIN_MS = [300, 1500, 5000];

/** Keeps an eye on the chains that run. */
export function chainMonitor(context: ChainsContext, { running }: RunningChains) {
  const { store, networks, changed } = context.parts;
  const looks = new Set<Promise<void>>();
  const followed = new Map<string, { key: string; stop: () => void }>();
  let closed = false;

  async function look(follow: boolean): Promise<void> {
    for (const row of store.chains()) {
      if (!networks().some((n) => n.name === row.name)) continue;
      const chain = await running(row.name);
      if (closed) return;
      const key = chain?.row.process ? runKey(chain.row.process) : undefined;
      const current = followed.get(row.name);
      if (current && current.key !== key) {
        current.stop();
        followed.delete(row.name);
      }
      if (!follow || key === undefined || !chain || followed.has(row.name)) continue;
      const news = () => {
        if (!closed) changed({ topic: 'chains', key: row.name });
      };
      const onBlock = () => {
        context.moved.add(row.name);
        news();
      };
      const stop = followChain(chain.url, onBlock, () => {
        followed.delete(row.name);
        news();
        // A process that is being killed answers no more, but is still there for a moment.
        for (const later of LOOK_AGAIN_MS) setTimeout(news, later).unref();
      });
      followed.set(row.name, { key, stop });
    }
  }

  return {
    /**
     * Looks at every recorded chain: adopts those that still run, marks the others as stopped, and
     * follows new blocks of the running ones. Called at start and after each change.
     */
    async adopt(follow: boolean): Promise<void> {
      if (closed) return;
      const looking = look(follow).finally(() => looks.delete(looking));
      looks.add(looking);
      await looking;
    },

    /** Leaves the chains running. */
    async close(): Promise<void> {
      closed = true;
      for (const { stop } of followed.values()) stop();
      await Promise.allSettled(looks);
    },
  };
}

/**
 * Follows a chain's new blocks over its WebSocket: no polling, and its end shows at once. Calls
 * `onBlock` for each block and `onEnd` when the connection is over. Answers how to stop following.
 */
function followChain(url: string, onBlock: () => void, onEnd: () => void): () => void {
  const socket = new WebSocket(url.replace(/^http/, 'ws'));
  let stopped = false;
  socket.on('open', () => {
    socket.send(
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] }),
    );
  });
  socket.on('message', () => onBlock());
  socket.on('error', () => {
    // 'close' follows, and tells it.
  });
  socket.on('close', () => {
    if (!stopped) onEnd();
  });
  return () => {
    stopped = true;
    socket.terminate();
  };
}
