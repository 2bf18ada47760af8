import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { http } from '../../lib/http.ts';

export interface JsonAnswer {
  status: number;
  body: unknown;
}

/** Requests JSON from a host on this machine. Rejects when there is no response in time. */
export async function getJson(url: string, token: string, withinMs: number): Promise<JsonAnswer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    http
      .get(url, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(withinMs),
        agent: false,
      })
      .once('response', resolve)
      .once('error', reject);
  });
  return { status: response.statusCode ?? 0, body: await json(response) };
}
