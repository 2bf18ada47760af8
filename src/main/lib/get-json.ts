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

interface Limits {
  timeoutMs: number;
  maxBytes: number;
}

/**
 * Sends one GET request. Redirects are not followed, so that a server can't lead to an address within
 * this machine or its network. Rejects with `NoResponse`.
 */
export const getJson = (url: URL, limits: Limits): Promise<JsonResponse> =>
  jsonRequest(url, limits, { method: 'GET' });

/** As `getJson`, with a body: a form, or anything else as JSON. */
export const postJson = (
  url: URL,
  body: URLSearchParams | object,
  limits: Limits,
): Promise<JsonResponse> =>
  jsonRequest(url, limits, {
    method: 'POST',
    ...(body instanceof URLSearchParams
      ? { body: body.toString(), type: 'application/x-www-form-urlencoded' }
      : { body: JSON.stringify(body), type: 'application/json' }),
  });

async function jsonRequest(
  url: URL,
  { timeoutMs, maxBytes }: Limits,
  { method, body: sent, type }: { method: 'GET' | 'POST'; body?: string; type?: string },
): Promise<JsonResponse> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const { statusCode, headers, body } = await request(url, {
      method,
      ...(sent === undefined ? {} : { body: sent }),
      headers: {
        ...{ accept: 'application/json', 'accept-encoding': ACCEPTED_ENCODINGS },
        ...(type === undefined ? {} : { 'content-type': type }),
      },
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
