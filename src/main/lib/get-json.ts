import { errors, request } from 'undici';
import { messageOf } from '../shared/errors.ts';
import { ACCEPTED_ENCODINGS, responseText, UnreadableBody } from './response-text.ts';

export interface JsonResponse {
  status: number;
  /** null: the body is no JSON. */
  body: unknown;
}

/** The server did not respond, or not in time, or with more than is read. No part of the URL is said. */
export class NoResponse extends Error {
  override readonly name = 'NoResponse';
}

/**
 * Sends one GET request. Redirects are not followed, so that a server can't lead to an address within
 * this machine or its network. Rejects with `NoResponse`.
 */
export async function getJson(
  url: URL,
  { timeoutMs, maxBytes }: { timeoutMs: number; maxBytes: number },
): Promise<JsonResponse> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const { statusCode, headers, body } = await request(url, {
      headers: { accept: 'application/json', 'accept-encoding': ACCEPTED_ENCODINGS },
      signal,
    });
    if (statusCode >= 300 && statusCode < 400) {
      await body.dump({ limit: 0 });
      throw new NoResponse(`it answered ${statusCode}, a redirect, which is not followed`);
    }
    const text = await responseText(body, headers['content-encoding'], maxBytes);
    return { status: statusCode, body: parsed(text) };
  } catch (error) {
    if (error instanceof NoResponse) throw error;
    if (signal.aborted) throw new NoResponse(`it did not answer within ${timeoutMs / 1000} s`);
    throw new NoResponse(reasonOf(error));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const words: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is not known: this machine may be offline',
  EAI_AGAIN: 'its name could not be looked up: this machine may be offline',
  ENETUNREACH: 'there is no way to it: this machine may be offline',
};

function reasonOf(error: unknown): string {
  if (error instanceof UnreadableBody) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isOfUndici = error instanceof errors.UndiciError;
  return words[code] ?? (isOfUndici || code === '' ? messageOf(error) : code);
}
