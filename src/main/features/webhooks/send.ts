import { messageOf } from '../../kit/errors.ts';
import { masker, maskUrl } from '../../kit/mask.ts';
import { signature } from './message.ts';

const SHOWN_BYTES = 1024;

export interface Letter {
  url: string;
  secret: string | null;
  body: string;
  type: string;
  deliveryId: number;
  timeoutMs: number;
  userAgent: string;
}

export interface Answer {
  ok: boolean;
  code: number | null;
  /** The first 1 KB of the answer, without secrets. */
  text: string | null;
  durationMs: number;
  problem: string | null;
  /** What the receiver asks for, in ms. */
  retryAfterMs: number | null;
}

/**
 * Sends one delivery once. Never rejects, unless `signal` aborts. Redirects are not followed: the
 * signature and the body are for the address that the user gave.
 */
export async function send(letter: Letter, signal: AbortSignal): Promise<Answer> {
  const { url, secret, body, timeoutMs } = letter;
  const mask = masker([url, ...(secret ? [secret] : [])]);
  const timeout = AbortSignal.timeout(timeoutMs);
  const startedAt = performance.now();
  const took = () => Math.round((performance.now() - startedAt) * 10) / 10;
  try {
    const seconds = Math.floor(Date.now() / 1000);
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': letter.userAgent,
        'x-drydock-event': letter.type,
        'x-drydock-delivery': String(letter.deliveryId),
        ...(secret ? { 'x-drydock-signature': signature(secret, seconds, body) } : {}),
      },
      signal: AbortSignal.any([signal, timeout]),
    });
    const text = await beginning(response).catch(() => null);
    signal.throwIfAborted();
    return {
      ok: response.ok,
      code: response.status,
      text: text && mask(text),
      durationMs: took(),
      problem: response.ok ? null : refusal(response),
      retryAfterMs: retryAfter(response),
    };
  } catch (error) {
    signal.throwIfAborted();
    const problem = timeout.aborted
      ? `It did not answer within ${timeoutMs / 1000} s.`
      : `The connection failed: ${mask(cause(error))}. Check the address and that its server runs.`;
    return { ok: false, code: null, text: null, durationMs: took(), problem, retryAfterMs: null };
  }
}

function refusal(response: Response): string {
  const { status, headers } = response;
  if (status < 300 || status >= 400) return `It answered ${status}.`;
  const to = headers.get('location');
  const where = to && URL.canParse(to) ? ` to ${maskUrl(to)}` : '';
  return `It answered ${status}, a redirect${where}, which is not followed. Save the address that it leads to.`;
}

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
}

function cause(error: unknown): string {
  const inner = error instanceof Error && error.cause ? error.cause : error;
  const code = (inner as { code?: unknown }).code;
  return typeof code === 'string' ? code : messageOf(inner);
}

/** The rest is left unread. */
async function beginning(response: Response): Promise<string | null> {
  if (!response.body) return null;
  const reader = response.body.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    while (size < SHOWN_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      size += value.length;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  const bytes = Buffer.concat(pieces).subarray(0, SHOWN_BYTES);
  // A character that is cut at the end is left out.
  return new TextDecoder().decode(bytes, { stream: size > SHOWN_BYTES }) || null;
}
