import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import WebSocket from 'ws';
import { openApp, openBackups, openDoctor } from '../../app.ts';
import type { contract } from '../../contract.ts';
import { AppError } from '../../kit/errors.ts';
import { resolveHome } from '../../kit/home.ts';
import { openLogger } from '../../kit/logger.ts';
import { type Beacon, findHost } from '../host/beacon.ts';

export type Client = ContractRouterClient<typeof contract>;

export interface Connection<Feature extends keyof Client = keyof Client> {
  client: Pick<Client, Feature>;
  close(): Promise<void>;
}

/**
 * The running window or host of this data folder, otherwise a core of our own. The doctor also
 * comes without either: a data folder that can't be opened is what it is for.
 */
export async function connect<Feature extends keyof Client>(
  feature: Feature,
): Promise<Connection<Feature>> {
  const home = resolveHome();
  const host = await findHost(home);
  if (host) return connectTo(host);
  if (feature === 'backups') return connectToBackups(home);
  try {
    const app = await openApp({ home, logger: openLogger(home) });
    return {
      client: createRouterClient(app.router, { context: app.context }),
      close: () => app.close(),
    };
  } catch (error) {
    if (!(error instanceof AppError && feature === 'doctor')) throw error;
    const service = openDoctor(home);
    const client: Pick<Client, 'doctor'> = {
      doctor: { run: () => service.run(), repairs: async () => [], reconcile: async () => [] },
    };
    return { client: client as Pick<Client, Feature>, close: async () => undefined };
  }
}

/** Without a core: they are for the day on which there can be none. */
function connectToBackups<Feature extends keyof Client>(home: string): Connection<Feature> {
  const { router, context, close } = openBackups(home, openLogger(home));
  const client: Pick<Client, 'backups'> = createRouterClient(router, { context });
  return { client: client as Pick<Client, Feature>, close };
}

async function connectTo(host: Beacon): Promise<Connection> {
  const socket = new WebSocket(`${host.url.replace(/^http/, 'ws')}/rpc`, {
    headers: { authorization: `Bearer ${host.token}` },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return {
    client: createORPCClient<Client>(link),
    close: async () => socket.close(),
  };
}
