import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A node that responds to those who send a header alone, as providers with keys do. */
export interface KeyedUpstream extends AsyncDisposable {
  url: string;
  /** What it responds to everyone, instead of what the node says. */
  refuses: { status: number; body: string } | null;
  /** Of all requests, newest last. */
  seen: IncomingHttpHeaders[];
}

/**
 * @param node address of the node behind it
 * @param key the header, by its name in lower case
 */
export async function keyedUpstream(
  node: string,
  key: { name: string; value: string },
): Promise<KeyedUpstream> {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    upstream.seen.push(request.headers);
    const isKnown = request.headers[key.name] === key.value;
    const refused = isKnown ? upstream.refuses : { status: 401, body: 'no key' };
    if (refused) return response.writeHead(refused.status).end(refused.body);
    try {
      const answer = await fetch(node, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.concat(pieces),
      });
      response.writeHead(200, { 'content-type': 'application/json' }).end(await answer.text());
    } catch {
      response.writeHead(502).end('the node is not there');
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const upstream: KeyedUpstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuses: null,
    seen: [],
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return upstream;
}
