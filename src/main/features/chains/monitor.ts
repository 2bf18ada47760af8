import WebSocket from 'ws';
import { runKey } from '../../engines/engine.ts';
import type { ChainsContext } from './context.ts';
import type { RunningChains } from './running.ts';

/** When a chain is looked at again after its connection has ended. */
const LOOK_AGAIN_MS = [300, 1500, 5000];

/** A chain that stands still ends no connection: it is asked for a sign of life. */
const PING_EVERY_MS = 2000;

/** Keeps an eye on the chains that run. */
export function chainMonitor(context: ChainsContext, { running }: RunningChains) {
  const { store, networks, changed } = context.deps;
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
      const stop = followChain(chain.url, {
        onBlock,
        onStill: news,
        onEnd() {
          followed.delete(row.name);
          news();
          // A process that is being killed doesn't respond, but is still there for a moment.
          for (const later of LOOK_AGAIN_MS) setTimeout(news, later).unref();
        },
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

interface ChainListener {
  /** For each new block. */
  onBlock: () => void;
  /** When the chain has stopped responding, and when it responds again. */
  onStill: () => void;
  /** When the connection is over. */
  onEnd: () => void;
}

/** Follows a chain over its WebSocket, without asking for blocks. Returns how to stop following. */
function followChain(url: string, listener: ChainListener): () => void {
  const socket = new WebSocket(url.replace(/^http/, 'ws'));
  let stopped = false;
  let heard = true;
  let still = false;
  const hear = () => {
    heard = true;
    if (!still) return;
    still = false;
    listener.onStill();
  };
  const ping = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (!heard && !still) {
      still = true;
      listener.onStill();
    }
    heard = false;
    socket.ping();
  }, PING_EVERY_MS);
  ping.unref();
  socket.on('open', () => {
    socket.send(
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_subscribe', params: ['newHeads'] }),
    );
  });
  socket.on('pong', hear);
  socket.on('message', () => {
    hear();
    listener.onBlock();
  });
  socket.on('error', () => {
    // 'close' follows, and tells it.
  });
  socket.on('close', () => {
    clearInterval(ping);
    if (!stopped) listener.onEnd();
  });
  return () => {
    stopped = true;
    clearInterval(ping);
    socket.terminate();
  };
}
