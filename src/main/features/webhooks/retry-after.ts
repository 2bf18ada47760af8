/**
 * How long a receiver wants to be left alone, in ms; null when it doesn't say so. It says it in
 * seconds or as a date, which is read against the receiver's own clock if it shows that:
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(headers: Headers, now = Date.now()): number | null {
  const said = headers.get('retry-after')?.trim() ?? '';
  const ms = /^\d+(\.\d+)?$/.test(said)
    ? Number(said) * 1000
    : dateOf(said) - (dateOf(headers.get('date') ?? '') || now);
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}

/** NaN for what is no date of HTTP. One without a zone, an old form, is in GMT too. */
function dateOf(text: string): number {
  if (!/^[A-Z][a-z]{2,8},? /.test(text)) return Number.NaN;
  return Date.parse(/GMT$/.test(text) ? text : `${text} GMT`);
}
