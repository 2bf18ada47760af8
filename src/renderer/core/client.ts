import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { contract } from '#main/contract.ts';
import { followPorts, keepSocket, Transport } from './connection/transport.ts';

export type Client = ContractRouterClient<typeof contract>;

const transport = new Transport();

/** Connects the page to its core, once: through the port from its window, or to its host. */
export function connectToCore(): void {
  followPorts(transport);
  if (location.protocol === 'http:' || location.protocol === 'https:') {
    keepSocket(transport, `${location.origin.replace(/^http/, 'ws')}/rpc`);
  }
}

/** The core, over any connection. A call made without a connection waits for one. */
export const client: Client = createORPCClient({
  call: async (path, input, options) => {
    const link = await transport.connect(options.signal);
    return link.call(path, input, options);
  },
});

/** Query and mutation options for every procedure. */
export const api = createTanstackQueryUtils(client);
