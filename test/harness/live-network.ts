import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Chain, startAnvil } from '#test/kinds/bench.ts';

type Call = { id: number; method: string; params?: unknown[] };

/** A network that others see, as far as a client can tell: an anvil behind a proxy of the test. */
export interface LiveNetwork extends AsyncDisposable {
  /** Of the proxy. */
  url: string;
  chain: Chain;
  /** Raw transactions in the order in which they arrived. */
  arrived: string[];
  /** Called for each call before the node gets it; what it returns is the reply instead. */
  before: ((call: Call) => unknown) | undefined;
}

/** As on a network where others send too: blocks come by themselves. */
export const BUSY = ['--block-time', '1', '--mixed-mining'];

export async function liveNetwork(chainId: number, ...more: string[]): Promise<LiveNetwork> {
  const chain = await startAnvil('--chain-id', `${chainId}`, ...more);
  const network: LiveNetwork = {
    ...{ url: '', chain, arrived: [], before: undefined },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await chain[Symbol.asyncDispose]();
    },
  };
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const asked = JSON.parse(body) as Call | Call[];
    for (const call of [asked].flat()) {
      if (call.method === 'eth_sendRawTransaction') network.arrived.push(`${call.params?.[0]}`);
      const instead = await network.before?.(call);
      if (instead === undefined) continue;
      if (instead === null) return void request.socket.destroy();
      return void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ jsonrpc: '2.0', id: call.id, ...(instead as object) }));
    }
    const answer = await fetch(chain.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    response
      .writeHead(answer.status, { 'content-type': 'application/json' })
      .end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  network.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return network;
}
