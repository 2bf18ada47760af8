import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import WebSocket from 'ws';
import type { Discovery } from '../host/discovery-file.ts';
import type { Client, Connection } from './connect.ts';

export async function connectTo(host: Discovery): Promise<Connection> {
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
