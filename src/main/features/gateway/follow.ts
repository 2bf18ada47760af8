import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type GatewayClient, GatewayUnreachable } from '../../gateway/control/client.ts';
import type { GatewayEvent } from '../../gateway/control/protocol.ts';
import type { GatewayProcess } from './process.ts';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 5000;
/** Between two looks whether it still responds. */
const LOOK_MS = 5000;

interface FollowDependencies {
  client: GatewayClient;
  process: Pick<GatewayProcess, 'isFrozen' | 'end'>;
  logger: Logger;
  /** The newest event that is known. */
  lastEvent: () => number;
  onEvent: (event: GatewayEvent) => void;
  /** What those that were killed have told no core. */
  left: () => readonly GatewayEvent[];
  /**
   * There is no connection: brings the gateway up if there is anything to serve. Resolves to whether
   * it is there.
   */
  revive: () => Promise<boolean>;
  signal: AbortSignal;
}

export interface Following {
  /** A gateway may be there now. */
  wake: () => void;
  over: Promise<void>;
}

/**
 * Takes in what the gateway tells for as long as this core is there, and brings it up again when it
 * ends. Without a gateway it waits for `wake` of what it returns.
 */
export function followGateway(deps: FollowDependencies): Following {
  const { client, logger, signal } = deps;
  let woken = Promise.withResolvers<void>();
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

  /** Resolves when there is no connection, or no longer. */
  async function listen(): Promise<void> {
    try {
      for await (const event of client.events(deps.lastEvent(), signal)) deps.onEvent(event);
    } catch (error) {
      if (!(error instanceof GatewayUnreachable)) throw error;
    }
  }

  /** Ends one that is frozen, again and again until `over`. A machine that slept gets a second chance. */
  async function look(over: AbortSignal): Promise<void> {
    const { isFrozen, end } = deps.process;
    for (;;) {
      await sleep(LOOK_MS, undefined, { signal: over }).catch(() => undefined);
      if (over.aborted) return;
      if ((await isFrozen()) && (await isFrozen())) await end();
    }
  }

  async function follow(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      woken = Promise.withResolvers<void>();
      const since = Date.now();
      const ended = new AbortController();
      void look(ended.signal).catch((error: unknown) =>
        logger.warn({ err: error }, 'the gateway is not looked at any more'),
      );
      await listen();
      ended.abort();
      if (signal.aborted) return;
      if (Date.now() - since > LONGEST_PAUSE_MS) pause = FIRST_PAUSE_MS;
      const isThere = await deps.revive().catch((error: unknown) => {
        logger.warn({ err: error }, 'the gateway could not be brought up again');
        return false;
      });
      if (!isThere) {
        // There is nothing to serve: no gateway tells it soon.
        for (const event of deps.left()) if (event.id > deps.lastEvent()) deps.onEvent(event);
        await Promise.race([woken.promise, aborted]);
      } else await sleep(pause, undefined, { signal }).catch(() => undefined);
      pause = isThere ? Math.min(pause * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
    }
  }

  return {
    wake: () => woken.resolve(),
    over: follow().catch((error: unknown) => {
      logger.error({ err: error }, 'the gateway is not followed any more');
    }),
  };
}
