import type { Mask } from '../../lib/secrets/mask.ts';
import { maskUrl } from '../../lib/secrets/secret-url.ts';
import { messageOf } from '../../shared/errors.ts';
import { signature } from './message.ts';
import { retryAfterMs } from './retry-after.ts';

const SHOWN_BYTES = 1024;

export interface Letter {
  url: string;
  secret: string | null;
  body: string;
  type: string;
  deliveryId: number;
  timeoutMs: number;
  userAgent: string;
  /** Hides what the receiver may repeat. */
  mask: Mask;
}

export interface Answer {
  ok: boolean;
  code: number | null;
  /** The first 1 KB of the response, without secrets. */
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
  const { url, secret, body, timeoutMs, mask } = letter;
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
    const text = await beginning(response, mask).catch(() => null);
    signal.throwIfAborted();
    return {
      ok: response.ok,
      code: response.status,
      text,
      durationMs: took(),
      problem: response.ok ? null : mask.apply(refusal(response)),
      retryAfterMs: retryAfterMs(response.headers),
    };
  } catch (error) {
    signal.throwIfAborted();
    const problem = timeout.aborted
      ? `It did not answer within ${timeoutMs / 1000} s.`
      : `The connection failed: ${mask.apply(cause(error))}. Check the address and that its server runs.`;
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

function cause(error: unknown): string {
  const inner = error instanceof Error && error.cause ? error.cause : error;
  const code = (inner as { code?: unknown }).code;
  return typeof code === 'string' ? code : messageOf(inner);
}

/** Without secrets, also one that the end cuts in two. The rest is left unread. */
async function beginning(response: Response, mask: Mask): Promise<string | null> {
  if (!response.body) return null;
  const reader = response.body.getReader();
  const enough = SHOWN_BYTES + mask.longest;
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    while (size < enough) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      size += value.length;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  const text = beginningOf(Buffer.concat(pieces), size);
  const masked = Buffer.from(size < enough ? mask.apply(text) : mask.applyToUnfinished(text));
  return beginningOf(masked, SHOWN_BYTES) || null;
}

/** A character that is cut at the end is left out. */
const beginningOf = (text: Buffer, bytes: number): string =>
  new TextDecoder().decode(text.subarray(0, bytes), { stream: true });
