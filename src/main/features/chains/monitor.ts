import WebSocket from 'ws';
import { runKey } from '../../engines/engine.ts';
import { parsedJson } from '../../lib/parsed-json.ts';
import type { ChainsContext } from './context.ts';
import type { RunningChains } from './running.ts';

/** When a chain is looked at again after its connection has ended. */
const LOOK_AGAIN_MS = [300, 1500, 5000];

/**
 * A chain tells of new blocks only: not that its blocks were taken back, nor, when it stands still,
 * that it does. So it is asked for its newest one.
 */
const ASK_EVERY_MS = 2000;
const SUBSCRIBED = 1;
const ASKED = 2;
const POOL = 3;

const question = (id: number, method: string, params: unknown[]): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params });

/** What a chain says: of a new block, or of its newest one. */
interface Said {
  id?: number;
  result?: { hash?: string; pending?: string; queued?: string } | string;
  params?: { result?: { hash?: string } };
}

/** Keeps an eye on the chains that run. */
export function chainMonitor(
  context: ChainsContext,
  { running }: RunningChains,
  lookAtPool: (chain: string) => Promise<void>,
) {
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
        onPool() {
          void lookAtPool(row.name).then(news);
        },
        onStill: news,
        wasFoundStill: () => context.foundStill.delete(row.name),
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
  /** For each new block, and when blocks were taken back. */
  onBlock: () => void;
  /** When more or fewer transactions than before wait to be mined. */
  onPool: () => void;
  /** When the chain has stopped responding, and when it responds again. */
  onStill: () => void;
  /** Whether someone else has found since the last question that it doesn't respond. */
  wasFoundStill: () => boolean;
  /** When the connection is over. */
  onEnd: () => void;
}

/** Follows a chain over its WebSocket. Returns how to stop following. */
function followChain(url: string, listener: ChainListener): () => void {
  const socket = new WebSocket(url.replace(/^http/, 'ws'));
  let stopped = false;
  let heard = true;
  let still = false;
  let newest: string | undefined;
  let waiting = '0x0 0x0';
  const hear = () => {
    heard = true;
    const wasStill = still;
    still = false;
    if (listener.wasFoundStill() || wasStill) listener.onStill();
  };
  const read = (said: Said) => {
    if (said.id === SUBSCRIBED) return listener.onBlock();
    if (said.id === POOL) {
      const now =
        typeof said.result === 'object' ? `${said.result.pending} ${said.result.queued}` : '';
      if (now === waiting) return;
      waiting = now;
      return listener.onPool();
    }
    const head = said.id === ASKED ? said.result : said.params?.result;
    const hash = typeof head === 'object' ? head?.hash : undefined;
    if (hash === undefined || hash === newest) return;
    newest = hash;
    listener.onBlock();
  };
  const asking = setInterval(() => {
    if (!heard && !still) {
      still = true;
      listener.onStill();
    }
    heard = false;
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send(question(ASKED, 'eth_getBlockByNumber', ['latest', false]));
    socket.send(question(POOL, 'txpool_status', []));
  }, ASK_EVERY_MS);
  asking.unref();
  socket.on('open', () => {
    socket.send(question(SUBSCRIBED, 'eth_subscribe', ['newHeads']));
  });
  socket.on('message', (data) => {
    hear();
    read((parsedJson(String(data)) ?? {}) as Said);
  });
  socket.on('error', () => {
    // 'close' follows, and tells it.
  });
  socket.on('close', () => {
    clearInterval(asking);
    if (!stopped) listener.onEnd();
  });
  return () => {
    stopped = true;
    clearInterval(asking);
    socket.terminate();
  };
}
