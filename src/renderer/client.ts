import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { contract } from '#main/contract.ts';
import { followPorts, keepSocket, Transport } from './transport.ts';

export type Client = ContractRouterClient<typeof contract>;

const transport = new Transport();

/** Connects the page to its core, once: by the port that its window gives it, or to its host. */
export function connectToCore(): void {
  followPorts(transport);
  if (location.protocol === 'http:' || location.protocol === 'https:') {
    keepSocket(transport, `${location.origin.replace(/^http/, 'ws')}/rpc`);
  }
}

/** The core, over whatever connects us to it. A call made while there is no connection waits. */
export const client: Client = createORPCClient({
  call: async (path, input, options) => {
    const link = await transport.connect(options.signal);
    return link.call(path, input, options);
  },
});

/** Query and mutation options for every procedure. */
export const api = createTanstackQueryUtils(client);
