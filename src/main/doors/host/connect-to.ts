import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import WebSocket from 'ws';
import type { contract } from '../../contract.ts';
import type { Discovery } from './discovery-file.ts';
import { DOOR_HEADER } from './door-header.ts';

export type Client = ContractRouterClient<typeof contract>;

/** A socket to a host that carries the contract. Rejects when the host can't be reached. */
export async function openSocket(
  host: Pick<Discovery, 'url' | 'token'>,
  door: 'cli' | 'window',
): Promise<WebSocket> {
  const socket = new WebSocket(`${host.url.replace(/^http/, 'ws')}/rpc`, {
    headers: { authorization: `Bearer ${host.token}`, [DOOR_HEADER]: door },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return socket;
}

/** The contract over a socket that is open. */
export function clientOver(socket: WebSocket): Client {
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return createORPCClient<Client>(link);
}
