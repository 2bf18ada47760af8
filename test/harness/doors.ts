import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { createRouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import WebSocket from 'ws';
import type { App } from '#main/app.ts';
import { contract } from '#main/contract.ts';
import { startHost } from '#main/doors/host/start-host.ts';

export type Client = ContractRouterClient<typeof contract>;
export type DoorName = 'in-process' | 'message port' | 'web socket' | 'http';
export const doorNames: readonly DoorName[] = ['in-process', 'message port', 'web socket', 'http'];

/** A client that reaches the app through one of its doors. */
export async function openDoor(
  name: DoorName,
  app: App,
): Promise<{ client: Client } & AsyncDisposable> {
  if (name === 'in-process') {
    const client = createRouterClient(app.router, { context: app.context });
    return { client, [Symbol.asyncDispose]: async () => undefined };
  }
  if (name === 'message port') {
    const { port1, port2 } = new MessageChannel();
    new RPCHandler(app.router).upgrade(port1, { context: app.context });
    port1.start();
    port2.start();
    return {
      client: createORPCClient<Client>(new PortLink({ port: port2 })),
      [Symbol.asyncDispose]: async () => port2.close(),
    };
  }
  const host = await startHost(app, { port: 0 });
  const headers = { authorization: `Bearer ${host.token}` };
  if (name === 'http') {
    const link = new OpenAPILink(contract, { url: `${host.url}/api`, headers });
    return {
      // Every type of the contract is plain JSON.
      client: createORPCClient<JsonifiedClient<Client>>(link) as Client,
      [Symbol.asyncDispose]: () => host.close(),
    };
  }
  const socket = new WebSocket(`${host.url.replace('http', 'ws')}/rpc`, { headers });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    client: createORPCClient<Client>(
      new SocketLink({ websocket: socket as unknown as globalThis.WebSocket }),
    ),
    async [Symbol.asyncDispose]() {
      socket.close();
      await host.close();
    },
  };
}
