import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import WebSocket from 'ws';
import { openApp } from '../../app.ts';
import type { contract } from '../../contract.ts';
import { resolveHome } from '../../kit/home.ts';
import { openLogger } from '../../kit/logger.ts';
import { type Beacon, findHost } from '../host/beacon.ts';

export type Client = ContractRouterClient<typeof contract>;

export interface Connection {
  client: Client;
  close(): Promise<void>;
}

/** The running window or host of this data folder, otherwise a core of our own. */
export async function connect(): Promise<Connection> {
  const home = resolveHome();
  const host = await findHost(home);
  if (host) return connectTo(host);
  const app = await openApp({ home, logger: openLogger(home) });
  return {
    client: createRouterClient(app.router, { context: app.context }),
    close: () => app.close(),
  };
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
