import type { Agent, IncomingMessage } from 'node:http';
import { nodeAddress } from '../eth/node-address.ts';
import { http } from '../lib/http.ts';
import { ACCEPTED_ENCODINGS, responseText } from '../lib/response-text.ts';
import type { RequestHeaders } from '../lib/secrets/secret-headers.ts';

const https = process.getBuiltinModule('node:https');

/** As long as anvil waits itself, and a little longer. */
const ANSWER_MS = 60_000;
const MOST_BYTES = 256 * 1024 * 1024;

/** What a fork starts from. */
export interface UpstreamAddress {
  url: string;
  /** Sent with each request. */
  headers: RequestHeaders;
}

const protocolOf = (url: string) => (new URL(url).protocol === 'https:' ? https : http);

/** The connections to it, which are kept open. */
export const agentFor = (url: string): Agent => new (protocolOf(url).Agent)({ keepAlive: true });

/**
 * Posts JSON. Follows no redirect: the headers are meant for that server alone. A connection that was
 * closed while it was not in use is opened once more. Rejects as Node does, and with UnreadableBody.
 */
export async function askUpstream(
  upstream: UpstreamAddress,
  agent: Agent,
  body: Buffer,
): Promise<{ status: number; text: string }> {
  const response = await post(upstream, agent, body).catch((error: unknown) => {
    if (error instanceof StaleConnection) return post(upstream, agent, body);
    throw error;
  });
  const encoding = response.headers['content-encoding'];
  return {
    status: response.statusCode ?? 0,
    text: await responseText(response, encoding, MOST_BYTES),
  };
}

class StaleConnection extends Error {}

function post(
  { url, headers }: UpstreamAddress,
  agent: Agent,
  body: Buffer,
): Promise<IncomingMessage> {
  const { address, authorization } = nodeAddress(url);
  return new Promise((resolve, reject) => {
    const request = protocolOf(url).request(address, {
      method: 'POST',
      agent,
      signal: AbortSignal.timeout(ANSWER_MS),
      headers: {
        'content-type': 'application/json',
        'content-length': body.length,
        'accept-encoding': ACCEPTED_ENCODINGS,
        ...authorization,
        ...headers,
      },
    });
    request.once('response', resolve);
    request.once('error', (error: NodeJS.ErrnoException) => {
      const isStale =
        request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      reject(isStale ? new StaleConnection() : error);
    });
    request.end(body);
  });
}
