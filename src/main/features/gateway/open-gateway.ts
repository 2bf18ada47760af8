import type { Logger } from 'pino';
import { GatewayClient } from '../../gateway/control/client.ts';
import { readNotices } from '../../gateway/control/notices.ts';
import type { GatewayEvent } from '../../gateway/control/protocol.ts';
import type { ForwardedUpstream, ServedChain } from '../../targets/chain/chain-gateway.ts';
import { type Following, followGateway } from './follow.ts';
import { ForwardedUpstreams } from './forwarded-upstreams.ts';
import { GatewayProcess } from './process.ts';
import { ServedChains } from './served-chains.ts';
import type { GatewayStore } from './store.ts';

interface OpenDependencies {
  /** The data folder. */
  home: string;
  store: GatewayStore;
  logger: Logger;
  isWanted: () => boolean;
  accountsOf: (chain: string) => readonly string[];
  /** Those that run behind it, as recorded. */
  chains: () => ServedChain[];
  /** Of forks that run, by chain; null: it can't be read. */
  upstreams: () => ReadonlyMap<string, ForwardedUpstream | null>;
}

interface Listeners {
  onEvent: (event: GatewayEvent) => void;
  /** One that didn't respond was ended. */
  onReplaced: () => void;
}

/** The gateway of a data folder, as a core deals with it. */
export function openGateway(deps: OpenDependencies) {
  const { home, store, logger, isWanted, accountsOf } = deps;
  const client = new GatewayClient(home);
  let tellReplaced = (): void => undefined;
  const replaced = () => tellReplaced();
  const process = new GatewayProcess({ home, client, logger, replaced });
  const upstreams = new ForwardedUpstreams({ client, process, recorded: deps.upstreams });
  const chains = new ServedChains({
    ...{ client, process, upstreams, store, logger, isWanted, accountsOf, chains: deps.chains },
  });
  const over = new AbortController();
  let following: Following | undefined;
  return {
    ...{ client, process, store, chains, upstreams },

    /** Takes in what it tells, and keeps it up, for as long as this core is there. */
    follow({ onEvent, onReplaced }: Listeners): void {
      tellReplaced = onReplaced;
      following ??= followGateway({
        ...{ client, process, logger, onEvent, lastEvent: store.lastEvent, signal: over.signal },
        left: () => readNotices(home, (message) => logger.warn(message)),
        async revive() {
          await chains.sync();
          return (await process.status()) !== null;
        },
      });
    },

    /** It may be there now. */
    wake: (): void => following?.wake(),

    async close(): Promise<void> {
      over.abort();
      await Promise.all([following?.over, chains.close()]);
    },
  };
}

export type OpenGateway = ReturnType<typeof openGateway>;
